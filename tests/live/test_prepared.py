"""A share that is written before the call: its page, and the one press that sends it."""

from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from community.accounts.models import Account
from community.core.db import db, transaction
from community.live.models import PreparedShare
from community.live.rules.prepared import LONGEST_SHARE
from tests.conftest import Cost
from tests.live.circle import JSON, Circle
from tests.pages import ALERT, send, token

WORDS = "This week I let somebody else carry the shopping."


@pytest.fixture
def page(circle: Circle) -> str:
    return f"/calls/{circle.call_id}/share"


@pytest.fixture
def ana(circle: Circle) -> FlaskClient:
    return circle.browsers["Ana"]


def kept(app: Flask) -> list[tuple[str, bool]]:
    with app.app_context():
        rows = db.session.execute(select(PreparedShare.words, PreparedShare.aloud))
        return [(row.words, row.aloud) for row in rows]


def begin_with(circle: Circle, page: str, how: str = "show") -> None:
    """Ana has written something, and is asked first."""
    send(circle.browsers["Ana"], page, words=WORDS, how=how)
    for name in ("Hana", "Ana"):
        circle.join(name, "text")
    circle.begin()


# The page


@pytest.mark.holds("F:F62")
def test_it_is_kept_changed_and_deleted(
    app: Flask, circle: Circle, ana: FlaskClient, page: str
) -> None:
    answer = send(ana, page, words=WORDS, how="aloud")
    assert answer.status_code == 302
    assert kept(app) == [(WORDS, True)]
    assert WORDS in ana.get(page).text
    send(ana, page, words=f"{WORDS} And it was fine.", how="show")
    assert kept(app) == [(f"{WORDS} And it was fine.", False)]
    send(ana, page, f"{page}/delete")
    assert kept(app) == []
    assert WORDS not in ana.get(page).text


@pytest.mark.holds("F:F62", "F:F83")
def test_a_page_with_a_script_keeps_it_while_it_is_written(
    app: Flask, ana: FlaskClient, page: str
) -> None:
    typed = {"csrf_token": token(ana, page), "how": "show"}
    answer = ana.post(page, data={**typed, "words": WORDS}, headers=JSON)
    assert answer.get_json()["ok"]
    assert kept(app) == [(WORDS, False)]
    emptied = ana.post(page, data={**typed, "words": ""}, headers=JSON)
    assert emptied.status_code == 422
    assert kept(app) == [(WORDS, False)]


@pytest.mark.holds("promise:10")
def test_only_its_writer_ever_sees_it(circle: Circle, ana: FlaskClient, page: str) -> None:
    send(ana, page, words=WORDS, how="show")
    for name in ("Hana", "Ben"):
        for path in (page, f"/calls/{circle.call_id}", f"/calls/{circle.call_id}/lobby"):
            assert WORDS not in circle.browsers[name].get(path).text
    assert circle.browsers["Stranger"].get(page).status_code == 404


def test_a_guest_signs_in_first(circle: Circle, page: str) -> None:
    assert "/sign-in" in circle.client_for().get(page).headers["Location"]


def test_whoever_has_no_seat_is_told_to_sign_up_first(
    app: Flask, circle: Circle, page: str
) -> None:
    ben = circle.browsers["Ben"]
    assert "Sign up for this call first" in ben.get(page).text
    answer = circle.post("Ben", page, {"words": WORDS, "how": "show"})
    assert answer.status_code == 409
    assert kept(app) == []


def test_whoever_waits_for_a_seat_may_write(app: Flask, circle: Circle) -> None:
    make, noor = circle.make, circle.make.member("Noor")
    group = make.group(
        "Hands", facilitators=[circle.hana], members=[circle.ana, circle.ben, noor],
        owner=circle.hana,
    )  # fmt: skip
    hana, ana, ben, noor = (make.actor(p) for p in (circle.hana, circle.ana, circle.ben, noor))
    call_id = make.call(group, hana, seats=2, seated=[ana, noor], waiting=[ben])
    send(circle.browsers["Ben"], f"/calls/{call_id}/share", words=WORDS, how="show")
    assert kept(app) == [(WORDS, False)]


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"words": " ", "how": "show"}, "Write a few words first"),
        ({"words": "x" * (LONGEST_SHARE + 1), "how": "show"}, str(LONGEST_SHARE)),
        ({"words": WORDS, "how": "by pigeon"}, "choice"),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_stays(
    app: Flask, ana: FlaskClient, page: str, typed: dict[str, str], wrong: str
) -> None:
    answer = send(ana, page, **typed)
    assert answer.status_code == 422
    assert ALERT in answer.text
    assert wrong in answer.text
    assert typed["words"] in answer.text
    assert kept(app) == []


def test_the_page_asks_the_store_little(ana: FlaskClient, page: str, cost: Cost) -> None:
    ana.get(page)
    cost.statements.clear()
    ana.get(page)
    assert int(cost) <= 6


def test_the_call_and_its_lobby_lead_there(circle: Circle, ana: FlaskClient, page: str) -> None:
    for path in (f"/calls/{circle.call_id}", f"/calls/{circle.call_id}/lobby"):
        assert f'href="{page}"' in ana.get(path).text


# In the circle


@pytest.mark.holds("promise:2", "F:F62", "F:F60", "raur:15a")
@pytest.mark.parametrize(("how", "aloud"), [("show", False), ("aloud", True)])
def test_one_press_sends_it_and_it_waits_no_more(
    app: Flask, circle: Circle, page: str, how: str, aloud: bool
) -> None:
    begin_with(circle, page, how)
    board = circle.board("Ana")
    assert (board["has_prepared"], board["written"]["words"]) == (True, WORDS)
    send_it = board["written"]["send"]
    assert send_it["text"] == "Send my written share"
    assert circle.press("Ana", send_it["event"], **send_it["fields"]).status_code == 200
    said = circle.board("Hana")["words"]
    assert [(each["text"], each["aloud"]) for each in said] == [(WORDS, aloud)]
    assert kept(app) == []
    board = circle.board("Ana")
    assert (board["has_prepared"], board["written"]) == (False, None)
    assert circle.board("Hana")["cue"] == "Ana is sharing by text"


@pytest.mark.holds("promise:10")
def test_no_board_but_its_owners_holds_it(circle: Circle, page: str) -> None:
    begin_with(circle, page)
    assert WORDS in str(circle.board("Ana"))
    hers = str(circle.board("Hana"))
    assert WORDS not in hers
    assert circle.board("Hana")["has_prepared"] is False


@pytest.mark.holds("circle:6")
def test_the_same_press_twice_sends_it_once(circle: Circle, page: str) -> None:
    begin_with(circle, page)
    once, seen = str(uuid4()), circle.board("Ana")["version"]
    for _ in range(2):
        answer = circle.press("Ana", "send-prepared", seen=seen, mode="typed", event_id=once)
        assert answer.status_code == 200
    assert len(circle.board("Hana")["words"]) == 1
    again = circle.press_as_seen("Ana", "send-prepared")
    assert again.get_json()["reason"]["code"] == "no-prepared"
    assert circle.board("Hana")["cue"] == "Ana is sharing by text"


def test_with_nothing_prepared_no_turn_begins(circle: Circle) -> None:
    for name in ("Hana", "Ana"):
        circle.join(name, "text")
    circle.begin()
    before = circle.board("Ana")
    assert before["written"] is None
    assert "way-prepared" not in [way["key"] for way in before["ways"]]
    answer = circle.press("Ana", "send-prepared", seen=before["version"])
    assert answer.status_code == 409
    assert circle.board("Ana")["version"] == before["version"]


def test_it_is_one_of_the_ways_in_the_same_row(circle: Circle, page: str) -> None:
    begin_with(circle, page)
    assert [way["text"] for way in circle.board("Ana")["ways"]] == [
        "Speak",
        "Read it aloud for me",
        "Show it",
        "Send my written share",
        "Share silence",
    ]


def test_it_works_without_a_script(circle: Circle, page: str) -> None:
    begin_with(circle, page)
    shown = circle.page("Ana")
    assert "What you wrote before" in shown
    assert WORDS in shown
    form = {"event_id": str(uuid4()), "seen": str(circle.board("Ana")["version"]), "mode": "typed"}
    circle.post("Ana", f"/circles/{circle.call_id}/events/send-prepared", form)
    assert WORDS in circle.page("Hana")


@pytest.mark.holds("promise:10")
def test_it_goes_with_its_writer(app: Flask, circle: Circle, ana: FlaskClient, page: str) -> None:
    send(ana, page, words=WORDS, how="show")
    with app.app_context(), transaction():
        db.session.delete(db.session.get_one(Account, circle.ana.id))
    assert kept(app) == []
