"""Labelled units that are nearly the same: copies on both sides of a split flatter a score."""
