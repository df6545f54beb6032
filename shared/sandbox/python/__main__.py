"""Lets `python -I -S <this folder> COMMAND` start the package without PYTHONPATH."""

from mw_sandbox.main import main

raise SystemExit(main())
