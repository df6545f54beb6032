"""Fitting and applying the step from predictions to decisions."""
