"""Run with `python -m unittest discover -s tests -t .` in the folder above."""
