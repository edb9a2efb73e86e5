"""A server for the bench, as a process of its own: `python -m bench.serve ours|bare PORT STORE`.

Both stand on the same gunicorn with the same options; only the app differs.
"""

import sys

from bench.yardstick import socket_app
from community.app import create_app
from config import Settings
from run import Server


class Bare(Server):
    """The same server without our heartbeat."""

    def load_config(self) -> None:
        super().load_config()
        self.cfg.set("post_worker_init", lambda worker: None)


def main(which: str, port: str, database: str) -> None:
    settings = Settings.for_tests(
        database, port=int(port), base_url=f"http://127.0.0.1:{port}", release="bench"
    )
    if which == "ours":
        Server(create_app(settings), settings).run()
    else:
        Bare(socket_app(), settings).run()


if __name__ == "__main__":
    main(*sys.argv[1:])
