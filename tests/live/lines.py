"""Pages of a circle with an open line to the server."""

from typing import Any
from uuid import uuid4

from flask import Flask
from flask_socketio import SocketIOTestClient

from community.core.sockets import socketio
from tests.live.circle import Circle


class Line:
    """One page's open line."""

    def __init__(self, app: Flask, circle: Circle, name: str) -> None:
        self.call_id, self.page = str(circle.call_id), str(uuid4())
        self.socket: SocketIOTestClient = socketio.test_client(
            app, flask_test_client=circle.browsers[name]
        )

    def ask(self, event: str, **fields: Any) -> dict[str, Any]:
        payload = {"call_id": self.call_id, **fields}
        if event == "enter-circle":
            payload = {"page": self.page, **payload}
        answer = self.socket.emit(event, payload, callback=True)
        assert isinstance(answer, dict)
        return answer

    def press(self, event: str, **fields: Any) -> dict[str, Any]:
        return self.ask(event, event_id=str(uuid4()), **fields)

    def signal(self, *more: dict[str, Any], **said: Any) -> dict[str, Any]:
        """One thing that this page’s browser says to another’s, or several at once."""
        return self.ask("signals", signals=[*more, said] if said else more)

    def received(self, event: str) -> list[Any]:
        return [each["args"][0] for each in self.socket.get_received() if each["name"] == event]


def with_lines(app: Flask, circle: Circle, *names: str) -> dict[str, Line]:
    """These people have come, or knock, each with an open line."""
    lines = {}
    for name in names:
        circle.join(name)
        lines[name] = Line(app, circle, name)
        assert lines[name].ask("enter-circle")["ok"]
    return lines


def in_a_circle(app: Flask, circle: Circle, *names: str) -> dict[str, Line]:
    """The same, and Hana has started."""
    lines = with_lines(app, circle, *names)
    assert lines["Hana"].press("start")["ok"]
    hear_no_more_of_this(lines)
    return lines


def greeting(to: object) -> dict[str, Any]:
    """What a page says to another before they are connected."""
    return {"to": str(to), "end": str(uuid4()), "far": None}


def hear_no_more_of_this(lines: dict[str, Line]) -> None:
    """What they have heard so far is no part of the test."""
    for line in lines.values():
        line.received("board")
