"""Whoever reports, asks to join or asks for another look in a dark time is shown where help is."""

from uuid import UUID

import pytest
from sqlalchemy import select

from community.accounts.sanctions.rules import SanctionKind
from community.core.db import db
from community.moderation.models import Decision
from tests.live.circle import ClientFor
from tests.make import Make
from tests.moderation.typed import TypedCircle
from tests.pages import send
from tests.threads.conftest import Cast

DARK = "I don’t want to live like this."
DOSE = "They said to take 20 mg."
HELP, CALM = "You deserve support now, too", "There’s a dose or a medicine in your words."


def test_beside_a_report(client_for: ClientFor, cast: Cast, reply_id: UUID) -> None:
    bens, page = client_for(cast.ben), f"/posts/{reply_id}/report/unkind"
    sent = send(bens, page, reason="harassment", words=f"{DARK} {DOSE}")
    shown = bens.get(sent.headers["Location"]).text
    assert HELP in shown.split("<h1")[0]
    assert CALM not in shown, "it tells moderators what somebody else said"
    assert HELP not in bens.get(sent.headers["Location"]).text


def test_beside_a_report_of_a_person_and_of_a_call(
    make: Make, client_for: ClientFor, cast: Cast
) -> None:
    bens = client_for(cast.ben)
    call_id = make.call(cast.group_id, cast.hana)
    for page in (
        f"/groups/{cast.group_id}/members/{cast.ana.id}/report/unkind",
        f"/calls/{call_id}/report/unkind",
    ):
        sent = send(bens, page, reason="harassment", words=DARK)
        assert HELP in bens.get(sent.headers["Location"]).text.split("<h1")[0]


def test_beside_a_report_of_what_was_typed(circle: TypedCircle) -> None:
    circle.gathered()
    share_id = circle.typed()
    page = f"/circles/{circle.call_id}/report/{share_id}/medical"
    sent = send(circle.browsers["Ben"], page, reason="stop_treatment", words=DARK)
    assert HELP in circle.browsers["Ben"].get(sent.headers["Location"]).text


@pytest.mark.holds("moderation:16")
def test_beside_what_somebody_who_is_suspended_asks(
    make: Make, client_for: ClientFor, cast: Cast, reply_id: UUID
) -> None:
    item_id = make.report(reply_id, cast.ben, "stop_treatment")
    make.sanction(item_id, cast.pat, SanctionKind.SUSPEND, 7)
    decision_id = make.done(lambda: db.session.scalars(select(Decision.id)).one())
    anas, page = client_for(cast.ana), f"/decisions/{decision_id}/another-look"
    sent = send(anas, page, words=DARK)
    assert HELP in anas.get(sent.headers["Location"]).text
    assert HELP not in anas.get(page).text


def test_beside_an_answer_to_a_group(make: Make, client_for: ClientFor, cast: Cast) -> None:
    lees = client_for(make.member("Lee"))
    sent = send(lees, f"/groups/{cast.group_id}/join", answer=f"{DARK} {DOSE}")
    page = lees.get(sent.headers["Location"]).text
    assert HELP in page
    assert CALM not in page
