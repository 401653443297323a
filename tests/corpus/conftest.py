"""Acts that several tests of states and texts share."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))  # for `acts`, beside the tests that use it
