"""The yardstick: a plain Flask app that says hello, and nothing of ours."""

from flask import Flask, request
from flask_socketio import SocketIO, join_room

HELLO = "Hello"


def hello_app() -> Flask:
    """One page of one word."""
    app = Flask("yardstick")
    app.add_url_rule("/", view_func=lambda: HELLO)

    return app


def socket_app(async_mode: str) -> Flask:
    """Everybody is in the room that their address names. Whatever is sent to `say` goes to all
    who are in the sender’s, as `said`; and to `say-to-all`, to everybody."""
    app = hello_app()
    sockets = SocketIO(app, async_mode=async_mode, transports=["websocket"])

    @sockets.on("connect")  # type: ignore[untyped-decorator]
    def connect(auth: object = None) -> None:
        join_room(request.args.get("room", "all"))

    @sockets.on("say")  # type: ignore[untyped-decorator]
    def say(payload: object) -> None:
        sockets.emit("said", payload, to=request.args.get("room", "all"))

    @sockets.on("say-to-all")  # type: ignore[untyped-decorator]
    def say_to_all(payload: object) -> None:
        sockets.emit("said", payload)

    return app
