"""Checks of one candidate, one a file."""
