"""Reading and writing CSV files with the line of every fault."""
