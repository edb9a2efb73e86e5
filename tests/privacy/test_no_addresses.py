"""Network addresses: no table and no line of the log has one (docs/law.md)."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from community.core.db import db
from community.core.post import post
from tests.fakes import KeptMail
from tests.letters import words
from tests.live.circle import Circle
from tests.live.lines import Line
from tests.pages import send

ADDRESS, BEFORE_THE_PROXY = "203.0.113.77", "198.51.100.78"


def everything(app: Flask) -> str:
    """Each row of each table, as it is kept."""
    with app.app_context():
        return "\n".join(
            str(tuple(row))
            for table in db.metadata.sorted_tables
            for row in db.session.execute(select(table))
        )


def from_there(browser: FlaskClient) -> FlaskClient:
    browser.environ_base |= {
        "REMOTE_ADDR": ADDRESS,
        "HTTP_X_FORWARDED_FOR": BEFORE_THE_PROXY,
        "HTTP_X_REAL_IP": BEFORE_THE_PROXY,
        "HTTP_FORWARDED": f"for={BEFORE_THE_PROXY}",
    }
    return browser


@pytest.mark.holds("asvs:30")
def test_nothing_that_somebody_does_leaves_their_address(
    app: Flask, client_for, make, clock, mail: KeptMail, capfd: pytest.CaptureFixture[str]
) -> None:
    """Coming in by a letter, writing, reporting, a circle with its line, a wrong page, a fault."""
    circle = Circle(make, client_for, clock)
    reply_id = make.reply(make.thread(circle.group, circle.ben), circle.ana)
    new = from_there(client_for())
    send(new, "/sign-in", email="noor@example.org")
    with app.app_context():
        post(clock.now())
    letter = next(each for each in mail.kept if each["To"] == "noor@example.org")
    link = next(each for each in words(letter).split() if "/come-in/" in each)
    assert send(new, link.partition("localhost")[2]).status_code == 302
    assert new.get("/about-you").status_code == 200

    ben = from_there(circle.browsers["Ben"])
    assert ben.get("/nowhere").status_code == 404
    assert ben.post("/sign-out", data={}).status_code == 400  # a form that was lost
    report = f"/posts/{reply_id}/report/medical"
    answer = send(ben, report, reason="medical_claim")
    assert answer.status_code in {200, 302, 303}
    from_there(circle.browsers["Ana"])
    circle.join("Ana")
    assert Line(app, circle, "Ana").ask("enter-circle")["ok"]

    kept = everything(app)
    assert "noor@example.org" in kept
    assert "medical_claim" in kept
    said = "".join(capfd.readouterr())
    assert '"route": "/sign-in"' in said
    for address in (ADDRESS, BEFORE_THE_PROXY):
        assert address not in kept
        assert address not in said
