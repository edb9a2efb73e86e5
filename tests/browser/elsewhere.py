"""run.py for a demo with settings of a test’s own: `{"database_url": "…"}` on the command line.

A demo for people keeps to a file of its own and has no relay; only tests have it otherwise.
"""

import json
import sys
from dataclasses import replace

from community.app import create_app
from config import Settings
from run import Server, prepare


def main(changes: str) -> None:
    settings = replace(Settings.from_env(), **json.loads(changes))
    app = create_app(settings)
    prepare(app)
    Server(app, settings).run()


if __name__ == "__main__":
    main(sys.argv[1])
