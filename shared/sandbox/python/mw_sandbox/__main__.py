from mw_sandbox.main import main

raise SystemExit(main())
