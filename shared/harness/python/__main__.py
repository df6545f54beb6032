"""Entry for an isolated interpreter: `python -I <this folder> <command>`.

Isolated mode takes neither the working directory nor environment variables into the import path;
running this folder puts the folder itself there, and nothing else.
"""

import sys

from mw_harness.cli import main

sys.exit(main(sys.argv[1:]))
