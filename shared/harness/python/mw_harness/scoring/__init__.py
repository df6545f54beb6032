"""Scores with their uncertainty, from files that nobody vouches for."""
