"""What the cells of one column are, and what they look like."""
