"""What the tests of states and texts share."""

from __future__ import annotations

import sys
from pathlib import Path

from hypothesis import settings

sys.path.insert(0, str(Path(__file__).parent))  # for `acts`, beside the tests that use it

# How long an example takes depends on what else the machine does; slowness is measured in bench/.
settings.register_profile("corpus", deadline=None)
settings.load_profile("corpus")
