"""Where a candidate is wrong, from its out-of-fold predictions and nothing else."""
