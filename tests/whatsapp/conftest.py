"""Make the renderer beside this file importable for the tests of the import stage."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
