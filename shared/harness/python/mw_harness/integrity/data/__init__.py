"""Checks of the prepared data, one a file: `check(data) -> list[Finding]`."""
