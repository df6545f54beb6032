"""`python -m mw_harness <command>`: JSON request on standard input, JSON response on output."""

import sys

from mw_harness.cli import main

sys.exit(main(sys.argv[1:]))
