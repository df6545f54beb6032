"""Checks that ask whether a number may be believed: of the data, and of each candidate."""
