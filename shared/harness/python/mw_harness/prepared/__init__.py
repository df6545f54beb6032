"""Writing what a run works on: datasets, hidden labels, data card."""
