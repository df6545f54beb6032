"""Planted faults, each with a control that must not be flagged."""
