"""Tasks whose rows to come differ from the labelled ones, and what a score is worth there."""
