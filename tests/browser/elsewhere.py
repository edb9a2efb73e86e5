"""run.py for a demo that lives in the database which the command line names.

A demo for people keeps to a file of its own; only tests put one anywhere else.
"""

import sys
from dataclasses import replace

from community.app import create_app
from config import Settings
from run import Server, prepare


def main(database_url: str) -> None:
    settings = replace(Settings.from_env(), database_url=database_url)
    app = create_app(settings)
    prepare(app)
    Server(app, settings).run()


if __name__ == "__main__":
    main(sys.argv[1])
