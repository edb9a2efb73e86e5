"""What somebody likes in circles: saved group by group, undone, and set by one press."""

import re

import pytest
from sqlalchemy import select

from community.accounts import actions, queries
from community.accounts.models import Account
from community.accounts.rules import (
    PRESS_FILTER,
    InCircles,
    Joins,
    Level,
    Need,
    Speaks,
    Theme,
    liking,
)
from community.core.db import db, transaction
from tests.pages import ALERT, send

PAGE = "/comfort"
SPEECH = {"spoken": "full", "told": "short", "aloud": "y", "pace": "125", "voice_volume": "50"}
CAPTIONS = {"captions": "y", "caption_size": "200"}
KEYS = {
    "single_keys": "y", "key_turn": "s", "key_done": "9", "key_passing": "", "key_mic": "m",
    "key_help": "",
}  # fmt: skip
CIRCLES = {"joins": "text", "speaks": "late", "cue_minutes": "2", "fewer_things": "y"}


@pytest.fixture
def ana(make):
    return make.member("Ana")


@pytest.fixture
def anas(client_for, ana):
    return client_for(ana)


@pytest.fixture
def likes(app, ana):
    def of_ana() -> InCircles:
        with app.app_context():
            return queries.in_circles(ana.id)

    return of_ana


@pytest.fixture
def theme(app, ana):
    def of_ana() -> Theme | None:
        with app.app_context():
            return db.session.scalars(select(Account.theme).where(Account.id == ana.id)).one()

    return of_ana


def test_nobody_has_said_anything_yet(likes) -> None:
    assert likes() == InCircles()
    assert (likes().spoken, likes().comings) == (Level.OFF, False)
    assert likes().press_filter == PRESS_FILTER
    assert likes().cue_minutes is None


@pytest.mark.holds("F:F21", "F:F22", "F:F23", "raur:7a", "raur:15a")
@pytest.mark.parametrize(
    ("to", "typed", "field", "value"),
    [
        ("sounds", {"volume": "50"}, "sounds", False),
        ("sounds", {"sounds": "y", "volume": "50"}, "volume", 50),
        ("speech", SPEECH, "spoken", Level.FULL),
        ("speech", SPEECH, "told", Level.SHORT),
        ("speech", SPEECH | {"comings": "y"}, "comings", True),
        ("speech", SPEECH | {"aloud": ""}, "aloud", False),
        ("speech", SPEECH, "pace", 125),
        ("speech", SPEECH, "voice_volume", 50),
        ("presses", {"press_filter": "0"}, "press_filter", 0),
        ("captions", CAPTIONS, "captions", True),
        ("captions", CAPTIONS, "caption_size", 200),
        ("captions", CAPTIONS | {"captions_top": "y"}, "captions_top", True),
        ("captions", CAPTIONS | {"captions_side": "y"}, "captions_side", True),
        ("captions", CAPTIONS | {"caption_letters": "y"}, "caption_letters", True),
        ("keys", KEYS, "single_keys", True),
        ("keys", KEYS, "key_done", "9"),
        ("keys", KEYS, "key_passing", ""),
        ("keys", KEYS | {"single_keys": ""}, "single_keys", False),
        ("circles", CIRCLES, "joins", Joins.TEXT),
        ("circles", CIRCLES, "speaks", Speaks.LATE),
        ("circles", CIRCLES, "cue_minutes", 2),
        ("circles", CIRCLES | {"cue_minutes": ""}, "cue_minutes", None),
        ("circles", CIRCLES, "fewer_things", True),
        ("circles", CIRCLES | {"eyes_closed": "y"}, "eyes_closed", True),
    ],
)
def test_each_setting_is_saved(anas, likes, to, typed, field, value) -> None:
    assert send(anas, PAGE, f"{PAGE}/circles/{to}", **typed).headers["Location"] == PAGE
    assert getattr(likes(), field) == value


@pytest.mark.parametrize(
    ("to", "typed"),
    [
        ("sounds", {"volume": "1000"}),
        ("speech", SPEECH | {"spoken": "loud"}),
        ("speech", SPEECH | {"pace": "fast"}),
        ("presses", {"press_filter": "60000"}),
        ("captions", CAPTIONS | {"caption_size": "110"}),
        ("keys", KEYS | {"key_mic": "Enter"}),
        ("circles", CIRCLES | {"cue_minutes": "90"}),
    ],
)
def test_what_can_not_be_taken_is_said(anas, likes, to, typed) -> None:
    answer = send(anas, PAGE, f"{PAGE}/circles/{to}", **typed)
    assert answer.status_code == 422
    assert ALERT in answer.text
    assert likes() == InCircles()


def test_keys_have_to_differ_and_what_was_chosen_is_still_there(anas, likes) -> None:
    answer = send(anas, PAGE, f"{PAGE}/circles/keys", **KEYS | {"key_done": "s"})
    assert answer.status_code == 422
    for what in ("Start my turn, or take a moment", "I’ve finished, or come back to me later"):
        assert f"S is chosen twice. Choose another key for: {what}" in answer.text
    assert answer.text.count('<option selected value="s">S</option>') == 2
    assert answer.text.count('<option selected value="">No key</option>') == 2  # no key is no twin
    assert likes() == InCircles()


@pytest.mark.holds("raur:3a")
def test_what_is_liked_goes_with_its_person_to_every_device(client_for, ana, anas) -> None:
    send(anas, PAGE, f"{PAGE}/circles/captions", **CAPTIONS)
    elsewhere = client_for(ana).get(PAGE).text
    assert re.search(r"<input checked [^>]*value=\"200\"", elsewhere.split('id="captions-set"')[1])


def test_undo_sends_what_was_saved_before(anas, likes) -> None:
    assert "Undo in" not in anas.get(PAGE).text
    send(anas, PAGE, f"{PAGE}/circles/sounds", volume="25")
    send(anas, PAGE, f"{PAGE}/circles/presses", press_filter="1500")
    page = anas.get(PAGE).text
    assert page.count("Undo in") == 2
    undo = page.split('id="undo-sounds"')[1].split("</form>")[0]
    assert 'name="sounds" value="y"' in undo
    assert 'name="volume" value="100"' in undo
    send(anas, PAGE, f"{PAGE}/circles/sounds", sounds="y", volume="100")
    assert likes() == InCircles(press_filter=1500)


@pytest.mark.holds("F:F82")
def test_every_page_leaves_out_second_presses_for_as_long_as_was_saved(anas) -> None:
    assert f'data-press-filter="{PRESS_FILTER}"' in anas.get("/home").text
    send(anas, PAGE, f"{PAGE}/circles/presses", press_filter="1500")
    assert 'data-press-filter="1500"' in anas.get("/home").text


@pytest.mark.holds("F:F90")
def test_a_need_sets_several_things_in_one_press_says_so_and_is_undone(anas, likes, theme) -> None:
    send(anas, PAGE, f"{PAGE}/look", theme="day")
    send(anas, PAGE, f"{PAGE}/circles/sounds", volume="50")
    answer = send(anas, PAGE, f"{PAGE}/today", need="resting-eyes", back="/calls")
    assert answer.headers["Location"] == "/calls#today"
    assert (theme(), likes().sounds, likes().spoken) == (Theme.LOW, True, Level.FULL)
    page = anas.get(PAGE).text
    assert "Resting eyes is on." in page
    assert "Colours are low light, sounds are on" in page
    assert "Undo: My usual" in page
    send(anas, PAGE, f"{PAGE}/today", need="usual")
    assert (theme(), likes()) == (Theme.DAY, InCircles(sounds=False, volume=50))
    assert "Everything is as you saved it." in anas.get(PAGE).text


@pytest.mark.holds("F:F90")
def test_one_need_after_another_starts_from_the_usual(anas, likes, theme) -> None:
    send(anas, PAGE, f"{PAGE}/today", need="resting-eyes")
    send(anas, PAGE, f"{PAGE}/today", need="resting-voice")
    assert (theme(), likes()) == (None, InCircles(joins=Joins.TEXT, need=Need.VOICE))
    send(anas, PAGE, f"{PAGE}/today", need="quiet-hands")
    assert likes() == InCircles(press_filter=1500, fewer_things=True, need=Need.HANDS)
    send(anas, PAGE, f"{PAGE}/today", need="low-energy")
    assert (likes().told, likes().joins) == (Level.SHORT, Joins.LISTEN)


def test_what_is_saved_on_such_a_day_stays_for_the_usual_ones(anas, likes, theme) -> None:
    send(anas, PAGE, f"{PAGE}/today", need="resting-eyes")
    send(anas, PAGE, f"{PAGE}/circles/captions", **CAPTIONS | {"caption_size": "100"})
    send(anas, PAGE, f"{PAGE}/look", theme="evening")
    send(anas, PAGE, f"{PAGE}/today", need="usual")
    assert (theme(), likes()) == (Theme.EVENING, InCircles(captions=True))


@pytest.mark.parametrize("back", ["https://elsewhere.invalid/", "//elsewhere.invalid", ""])
def test_a_need_leads_nowhere_but_back_here(anas, back) -> None:
    answer = send(anas, PAGE, f"{PAGE}/today", need="quiet-hands", back=back)
    assert answer.headers["Location"] == f"{PAGE}#today"


def test_a_need_that_nobody_knows_is_no_need(anas, likes) -> None:
    assert send(anas, PAGE, f"{PAGE}/today", need="rest").status_code == 422
    assert likes().need is Need.USUAL


def test_another_account_is_as_it_was(app, make, ana) -> None:
    ben = make.member("Ben")
    with app.app_context():
        with transaction():
            actions.today_i_need(ana, Need.ENERGY)
        assert queries.in_circles(ben.id) == InCircles()


def test_what_an_older_version_stored_is_read_with_the_usual_of_the_rest() -> None:
    assert liking({"volume": 25, "gone": True}) == InCircles(volume=25)
