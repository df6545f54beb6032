"""Dividing the labelled rows so that the hidden ones resemble the rows to come."""
