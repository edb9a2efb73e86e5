"""Builds the app and serves it, with the heartbeat: one process of maybe several, with many
threads or greenlets."""

import gc
import os

if __name__ == "__main__" and os.environ.get("ASYNC_MODE") == "gevent":
    from gevent import monkey  # before anything else imports a socket, a lock or a thread

    monkey.patch_all()

import sys
from typing import Any

from apscheduler.schedulers.background import BackgroundScheduler
from flask import Flask
from flask_migrate import upgrade
from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger
from gunicorn.workers.base import Worker

from community.app import JOBS, OF_EACH_PROCESS, create_app
from community.core.db import db, transaction
from community.core.duty import Duty, one_at_a_time
from community.core.jobs import end_heartbeats, start_heartbeat
from community.core.lines import drop_lines
from community.core.log import overhear
from community.core.sockets import listen, socketio
from community.core.verdict import Refused
from community.demo.guard import keep_apart
from community.demo.making import fill
from community.groups import actions as groups_actions
from community.live import jobs as live_jobs
from config import Settings, SettingsProblem, at

COLLECTIONS = 10_000, 20, 20
"""New objects until the youngest are looked through, and how many times those until the older and
until all are."""

WORKERS = {"threading": "gthread", "gevent": "gevent"}


class Quiet(Logger):  # type: ignore[misc]
    """gunicorn’s own log, handed on to ours: its lines would hold addresses."""

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        self.error_log.handlers.clear()
        self.error_log.propagate = True


class Server(BaseApplication):  # type: ignore[misc]
    """gunicorn with one worker: real WebSockets beside ordinary requests."""

    def __init__(self, app: Flask, settings: Settings) -> None:
        self.app, self.settings = app, settings
        self.heartbeats: list[BackgroundScheduler] = []
        super().__init__()

    def load_config(self) -> None:
        mode, threads = self.settings.async_mode, self.settings.threads
        options: dict[str, Any] = {
            "bind": at(self.settings.host, self.settings.port),
            "worker_class": WORKERS[mode],
            "workers": 1,
            "threads": threads,
            # Beside those that it serves, threading keeps browsers that may ask again soon.
            "worker_connections": threads if mode == "gevent" else threads + 1000,
            "timeout": 0,
            "graceful_timeout": 30,
            "forwarded_allow_ips": "",  # the doorstep knows which proxies to believe
            "post_worker_init": lambda worker: self.heartbeats.extend(begin(self.app, worker)),
            "worker_exit": lambda arbiter, worker: end_heartbeats(self.heartbeats),
            "logger_class": Quiet,
            "loglevel": "warning",
        }
        for name, value in options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        return self.app


def begin(app: Flask, worker: Worker) -> list[BackgroundScheduler]:
    """The first breath of the process that answers: who was in a circle is coming back."""
    with app.app_context():
        live_jobs.after_restart(app.extensions["ports"].clock.now())
        duty = Duty(db.engine)
    listen()
    heartbeats = [start_heartbeat(app, OF_EACH_PROCESS), start_heartbeat(app, JOBS, duty.is_ours)]
    socketio.start_background_task(end, worker)
    collect_seldom()
    return heartbeats


def collect_seldom() -> None:
    """With a thousand lines open, a whole collection holds everybody up for a third of a second
    and finds next to nothing: what is there from the start is left out, the rest waits for more."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECTIONS)


def end(worker: Worker) -> None:
    """Its last: whoever has a page open would keep it waiting, so it hangs up on them.

    Their browsers come back by themselves, some before the door is shut: so again and again.
    """
    while True:
        socketio.sleep(0.2)
        if not worker.alive:
            drop_lines(socketio.server)


def application() -> Flask:
    """The app as the environment says, for the command line: `flask --app run:application`."""
    try:
        return create_app(Settings.from_env())
    except SettingsProblem as problem:
        sys.exit("This site can’t start yet:\n- " + "\n- ".join(problem.problems))


def prepare(app: Flask) -> None:
    """The store as this release needs it, with the demo community if this is a demo."""
    now = app.extensions["ports"].clock.now()
    with app.app_context(), one_at_a_time(db.engine):
        upgrade()
        try:
            keep_apart(is_demo=app.extensions["settings"].demo)
        except Refused as refused:
            sys.exit(f"This site can’t start: {refused.reason.text}")
        with transaction():
            groups_actions.ensure_everyone(now=now)
        if app.extensions["settings"].demo:
            fill(now)
        db.engine.dispose()  # a connection must not be shared with the process that will answer


def main() -> None:
    """Get everything ready, and serve."""
    overhear()
    app = application()
    settings = app.extensions["settings"]
    prepare(app)
    print(f"Ready at {settings.base_url} (stop with Ctrl+C)", flush=True)
    Server(app, settings).run()


if __name__ == "__main__":
    main()
