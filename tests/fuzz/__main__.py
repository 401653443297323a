"""`python -m tests.fuzz [--count N] [--seed S] [--keep DIR]`."""

from tests.fuzz.run import main

raise SystemExit(main())
