"""The cast of a call: Hana holds it in the neck group, Ana, Ben and Noor may come."""

import re
from dataclasses import dataclass
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from community.accounts.models import Account
from community.core.actor import Actor
from community.core.db import db
from community.core.letters import OutboxLetter
from tests.make import Make


@dataclass(frozen=True)
class Cast:
    neck: UUID
    owner: Actor
    hana: Actor
    mori: Actor
    ana: Actor
    ben: Actor
    noor: Actor  # has not agreed to the guidelines yet
    stranger: Actor  # facilitates elsewhere


@pytest.fixture
def cast(make: Make) -> Cast:
    owner, hana, mori, ana, ben = map(make.member, ("Olga", "Hana", "Mori", "Ana", "Ben"))
    noor = make.member("Noor")
    stranger = make.member("Stranger")
    neck = make.group(
        "Neck, evenings",
        owner=owner,
        members=[ana, ben, noor],
        facilitators=[hana],
        moderators=[mori],
    )
    make.group("Voice", facilitators=[stranger])
    return Cast(neck, *map(make.actor, (owner, hana, mori, ana, ben, noor, stranger)))


@pytest.fixture
def post(make: Make):
    """The letters written so far: (name of the person, kind), in the order they were written."""

    def written() -> list[tuple[str, str]]:
        with make.app.app_context():
            rows = db.session.execute(
                select(Account.name, OutboxLetter.kind)
                .join(Account, Account.email == OutboxLetter.address)
                .order_by(OutboxLetter.id)
            )
            return [(name, kind.removeprefix("calls/")) for name, kind in rows]

    return written


@pytest.fixture
def send():
    """Post what a page's form would post, with the token that the page carries."""

    def post(browser: FlaskClient, page: str, to: str | None = None, **typed: str) -> TestResponse:
        token = re.search(r'name="csrf_token" value="([^"]+)"', browser.get(page).text)
        assert token, page
        return browser.post(to or page, data={"csrf_token": token[1], **typed})

    return post
