"""Files that are handed in: whether they have the form that was asked for, and say the same."""
