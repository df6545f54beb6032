"""A task's own `grade.py`: run apart from the harness, and proved before it is believed."""
