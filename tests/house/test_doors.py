"""Default deny, proved by walking every door."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from community.core.actor import Actor
from community.core.sockets import HEARD, socketio

OPEN_TO_GUESTS = {
    "static",
    "healthz",
    "home.welcome",
    "home.topics",
    "home.facts",
    "home.topic",
    "home.not_medical_advice",
    "numbers.show",
    "home.privacy",
    "home.accessibility",
    "accounts.sign_in",
    "accounts.open_link",
    "accounts.open_first_link",
    "accounts.link_sent",
    "calendars.feed",
    "feeds.feed",
    "offline.page",
    "offline.manifest",
    "offline.worker",
    "groups.invited",
    "notifications.stop",
    "safety.help_now",
    "safety.card",
    "safety.guidelines",
    "safety.guideline",
}

ClientFor = Callable[..., FlaskClient]


@pytest.mark.holds("asvs:1")
def test_what_is_open_to_guests_is_written_down(application: Flask) -> None:
    marked = {
        name for name, view in application.view_functions.items() if hasattr(view, "is_public")
    }
    assert marked | {"static"} == OPEN_TO_GUESTS


def _somewhere(rule: str) -> str:
    """An address behind this rule: an id that nobody has, and the first of several words."""
    rule = re.sub(r"<any\((\w+)[^>]*>", r"\1", rule)
    return re.sub(r"<[^>]*>", "00000000-0000-7000-8000-000000000000", rule)


def _doors(app: Flask) -> list[tuple[str, str, str]]:
    return [
        (
            rule.endpoint,
            method,
            _somewhere(rule.rule),
        )
        for rule in app.url_map.iter_rules()
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
        if rule.endpoint not in OPEN_TO_GUESTS
    ]


@pytest.mark.holds("asvs:1")
def test_a_guest_gets_through_no_other_door(
    app: Flask, client_for: ClientFor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)  # or that would stop them first
    guest = client_for()
    doors = _doors(app)
    assert len(doors) > 40
    for endpoint, method, path in doors:
        answer = guest.open(path, method=method)
        if method == "GET":
            assert answer.status_code == 302, (endpoint, answer.status_code)
            assert "/sign-in" in answer.headers["Location"], endpoint
        else:
            assert answer.status_code == 403, (endpoint, method, answer.status_code)


@pytest.mark.holds("asvs:25")
def test_nothing_changes_without_a_csrf_token(app: Flask, client_for: ClientFor, make) -> None:
    ana: Actor = make.member("Ana")
    browser = client_for(ana)
    for endpoint, method, path in _doors(app):
        if method != "GET":
            answer = browser.open(path, method=method)
            assert answer.status_code == 400, (endpoint, method, answer.status_code)


@pytest.mark.holds("asvs:2")
def test_ids_that_nobody_has_are_not_found(app: Flask, client_for: ClientFor, make) -> None:
    browser = client_for(make.member("Ana"))
    for rule in app.url_map.iter_rules():
        if "<uuid:" in rule.rule and "GET" in (rule.methods or set()):
            assert browser.get(_somewhere(rule.rule)).status_code == 404, rule.endpoint


@pytest.mark.holds("asvs:4", "asvs:34")
def test_every_socket_event_stands_behind_the_wrapper() -> None:
    handlers = {name for name, _, _ in socketio.handlers} | set(
        socketio.server.handlers.get("/", {})
    )
    assert handlers == set(HEARD) | {"connect", "disconnect"}


@pytest.mark.holds("asvs:34")
def test_a_guest_cannot_open_a_socket(app: Flask) -> None:
    line = socketio.test_client(app, flask_test_client=app.test_client())
    assert not line.is_connected()


@pytest.mark.holds("asvs:26", "asvs:27", "asvs:28")
@pytest.mark.parametrize("path", ["/", "/home", "/nowhere"])
def test_a_page_carries_the_headers(client_for: ClientFor, make, path: str) -> None:
    headers = client_for(make.member("Ana")).get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Permissions-Policy"] == "camera=(), microphone=(), geolocation=()"
    assert headers["Cache-Control"] == "no-store"
