"""Builds the app and serves it, with the heartbeat: one process, many threads."""

import sys
from typing import Any

from flask import Flask
from flask_migrate import upgrade
from gunicorn.app.base import BaseApplication

from community import demo
from community.app import JOBS, create_app
from community.core.db import db, transaction
from community.core.jobs import start_heartbeat
from community.groups import actions as groups_actions
from community.live import actions as live_actions
from config import Settings, SettingsProblem, at


class Server(BaseApplication):  # type: ignore[misc]
    """gunicorn with one threaded worker: real WebSockets beside ordinary requests."""

    def __init__(self, app: Flask, settings: Settings) -> None:
        self.app, self.settings = app, settings
        super().__init__()

    def load_config(self) -> None:
        options: dict[str, Any] = {
            "bind": at(self.settings.host, self.settings.port),
            "worker_class": "gthread",
            "workers": 1,
            "threads": self.settings.threads,
            "timeout": 0,
            "graceful_timeout": 2,
            "post_worker_init": lambda worker: begin(self.app),
            "loglevel": "warning",
        }
        for name, value in options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        return self.app


def begin(app: Flask) -> None:
    """The first breath of the process that answers: who was in a circle is coming back."""
    with app.app_context(), transaction():
        live_actions.after_restart(now=app.extensions["ports"].clock.now())
    start_heartbeat(app, JOBS)


def application() -> Flask:
    """The app as the environment says, for the command line: `flask --app run:application`."""
    try:
        return create_app(Settings.from_env())
    except SettingsProblem as problem:
        sys.exit("This site can’t start yet:\n- " + "\n- ".join(problem.problems))


def main() -> None:
    """Migrations, the demo community if this is a demo, and then serve."""
    app = application()
    settings = app.extensions["settings"]
    with app.app_context():
        upgrade()
        now = app.extensions["ports"].clock.now()
        with transaction():
            groups_actions.ensure_everyone(now=now)
        if settings.demo:
            demo.fill(now)
        db.engine.dispose()  # a connection must not be shared with the process that will answer
    print(f"Ready at {settings.base_url} (stop with Ctrl+C)", flush=True)
    Server(app, settings).run()


if __name__ == "__main__":
    main()
