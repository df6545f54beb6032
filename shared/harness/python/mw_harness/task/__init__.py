"""The task as the user wrote it, and as candidates are given it."""
