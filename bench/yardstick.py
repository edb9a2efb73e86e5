"""The yardstick: a plain Flask app that says hello, and nothing of ours."""

from flask import Flask
from flask_socketio import SocketIO, join_room

HELLO = "Hello"


def hello_app() -> Flask:
    """One page of one word."""
    app = Flask("yardstick")
    app.add_url_rule("/", view_func=lambda: HELLO)
    return app


def socket_app() -> Flask:
    """Everybody is in one room. Whatever is sent to `say` goes to all of them as `said`."""
    app = hello_app()
    sockets = SocketIO(app, async_mode="threading", transports=["websocket"])

    @sockets.on("connect")  # type: ignore[untyped-decorator]
    def connect(auth: object = None) -> None:
        join_room("all")

    @sockets.on("say")  # type: ignore[untyped-decorator]
    def say(payload: object) -> None:
        sockets.emit("said", payload, to="all")

    return app
