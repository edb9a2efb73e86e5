"""How the site looks for somebody, their name, their access card."""

import re

import pytest
from sqlalchemy import select

from community.accounts.models import Account
from community.accounts.rules import CARD_PRESETS
from community.core.db import db
from tests.pages import ALERT, send

PAGE = "/comfort"


@pytest.fixture
def ana(make):
    return make.member("Ana", zone="Europe/London")


@pytest.fixture
def anas(client_for, ana):
    return client_for(ana)


@pytest.fixture
def kept(app, ana):
    def row() -> Account:
        with app.app_context():
            return db.session.scalars(select(Account).where(Account.id == ana.id)).one()

    return row


@pytest.mark.parametrize(
    ("to", "typed", "column", "value"),
    [
        ("look", {"theme": "low"}, "theme", "low"),
        ("look", {"theme": ""}, "theme", None),
        ("text", {"text": "150"}, "text_size", 150),
        ("text", {"text": "100", "letters": "y"}, "easier_letters", True),
        ("controls", {"side": "left"}, "side", "left"),
        ("controls", {"side": ""}, "side", None),
        ("name", {"name": "Anna", "zone": "Asia/Tokyo"}, "zone", "Asia/Tokyo"),
        ("name", {"name": "Anna", "zone": "Asia/Tokyo"}, "name", "Anna"),
    ],
)
def test_each_setting_is_saved(anas, kept, to, typed, column, value) -> None:
    assert send(anas, PAGE, f"{PAGE}/{to}", **typed).headers["Location"] == PAGE
    assert getattr(kept(), column) == value
    assert "Saved." in anas.get(PAGE).text


def test_saving_one_leaves_the_others(anas, kept) -> None:
    send(anas, PAGE, f"{PAGE}/look", theme="evening")
    send(anas, PAGE, f"{PAGE}/text", text="200")
    assert (kept().theme, kept().text_size) == ("evening", 200)
    assert '<html lang="en-GB" data-theme="evening" data-text="200" ' in anas.get("/home").text


def test_easier_letters_are_worn_by_every_page_until_they_are_taken_off(anas, kept) -> None:
    assert "data-letters" not in anas.get("/home").text
    send(anas, PAGE, f"{PAGE}/text", text="100", letters="y")
    send(anas, PAGE, f"{PAGE}/look", theme="low")
    assert '<html lang="en-GB" data-theme="low" data-letters="easier" ' in anas.get("/home").text
    send(anas, PAGE, f"{PAGE}/text", text="100")
    assert not kept().easier_letters
    assert "data-letters" not in anas.get("/home").text


@pytest.mark.holds("seed:7")
def test_an_access_card_is_ticked_sentences_and_own_words(anas, kept) -> None:
    send(
        anas,
        PAGE,
        f"{PAGE}/card",
        presets=[CARD_PRESETS[4], CARD_PRESETS[0]],
        own_words="I laugh when I’m nervous.",
    )
    assert kept().access_card.splitlines() == [
        CARD_PRESETS[0],
        CARD_PRESETS[4],
        "I laugh when I’m nervous.",
    ]
    page = anas.get(PAGE).text
    boxes = re.findall(r'<input [^>]*name="presets"[^>]*>', page)
    assert [n for n, box in enumerate(boxes) if " checked" in box] == [0, 4]
    assert len(boxes) == len(CARD_PRESETS)
    assert "I laugh when I’m nervous." in page


@pytest.mark.parametrize("back", ["https://elsewhere.invalid/", "//elsewhere.invalid", ""])
def test_a_card_that_is_saved_leads_nowhere_but_back_here(anas, kept, back) -> None:
    answer = send(anas, PAGE, f"{PAGE}/card", own_words="Please wait.", back=back)
    assert answer.headers["Location"] == PAGE
    assert kept().access_card == "Please wait."


@pytest.mark.parametrize(
    ("to", "typed"),
    [
        ("look", {"theme": "pink"}),
        ("text", {"text": "1000"}),
        ("text", {"text": "big"}),
        ("controls", {"side": "up"}),
        ("card", {"own_words": "x" * 601}),
        ("card", {"presets": "Anything"}),
        ("name", {"name": "", "zone": "Asia/Tokyo"}),
        ("name", {"name": "Ana", "zone": "Moon/Crater"}),
    ],
)
def test_what_can_not_be_taken_is_said(anas, kept, to, typed) -> None:
    answer = send(anas, PAGE, f"{PAGE}/{to}", **typed)
    assert answer.status_code == 422
    assert ALERT in answer.text
    assert (kept().name, kept().theme, kept().access_card) == ("Ana", None, "")


def test_a_guest_is_sent_to_the_door(client_for) -> None:
    assert client_for().get(PAGE).headers["Location"].startswith("/sign-in")


def test_the_page_takes_two_statements(anas, cost) -> None:
    cost.statements.clear()
    anas.get(PAGE)
    assert int(cost) == 2
