"""A server for the bench, as a process of its own: `python -m bench.serve WHICH PORT STORE MODE`.

`ours` and `bare` stand on the same gunicorn with the same options; only the app differs. MODE is
the setting ASYNC_MODE: threading or gevent.
"""

import sys

if sys.argv[-1] == "gevent":
    from gevent import monkey  # before anything else imports a socket, a lock or a thread

    monkey.patch_all()

from bench.yardstick import socket_app
from community.app import create_app
from config import Settings
from run import Server

THREADS = {"threading": 100, "gevent": 2000}


class Bare(Server):
    """The same server without our heartbeat."""

    def load_config(self) -> None:
        super().load_config()
        self.cfg.set("post_worker_init", lambda worker: None)


def main(which: str, port: str, database: str, mode: str) -> None:
    settings = Settings.for_tests(
        database,
        port=int(port),
        base_url=f"http://127.0.0.1:{port}",
        release="bench",
        async_mode=mode,
        threads=THREADS[mode],
    )
    if which == "ours":
        Server(create_app(settings), settings).run()
    else:
        Bare(socket_app(mode), settings).run()


if __name__ == "__main__":
    main(*sys.argv[1:])
