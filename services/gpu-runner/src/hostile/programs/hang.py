"""Hangs without a sound."""

import time

print("and now I wait", flush=True)
time.sleep(600)
