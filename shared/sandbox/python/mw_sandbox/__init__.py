"""Run one program contained, keep what it says, and tell how it ended.

Trusted code: standard library only, Python 3.10 or newer, meant to be started by the base
interpreter with `-I -S`. See `supervisor.py` for the life of a job and `launch.py` for the
processes involved.
"""
