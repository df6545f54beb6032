"""Unit tests: `python -m unittest discover -t . -s tests` in the folder above."""
