"""From any layout of a folder to one table of units, with files and side tables beside it."""
