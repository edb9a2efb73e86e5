"""Pieces of pages that are drawn once say what they would say if each were drawn anew."""

import gc
import re
from functools import partial

import pytest

from community.accounts.actions import rename
from community.core.drawn import PIECES_MOST, _Blank
from community.dystonia.topics import all_topics
from community.threads.bookmarks.actions import keep
from community.threads.mutes.actions import mute_person
from community.threads.notes.actions import put
from community.threads.notes.rules import NoteKind
from community.threads.resonance.actions import give
from community.threads.resonance.rules import Word
from tests.pages import send, token
from tests.threads.conftest import cast, scene

__all__ = ["cast", "scene"]

OWN = re.compile(
    r'name="(?:csrf_token|event_id|draft)" (?:[a-z]+="[^"]*" )*value="[^"]*"|value="[\w.-]{60,}"'
)


@pytest.fixture
def world(cast, make):
    """A thread and a call, which all of the group meet in ways of their own."""
    thread_id = make.thread(cast.group_id, cast.ana)
    opening = make.opening(thread_id)
    of_ben = make.reply(thread_id, cast.ben, "I could see the rain.")
    unnamed = make.reply(thread_id, cast.ana, "It was loud.", unnamed=True)
    of_hana = make.reply(thread_id, cast.hana, "We drew the curtain.")
    call_id = make.call(cast.group_id, cast.hana)
    at = make.clock.now()
    make.done(lambda: give(cast.ben, opening, Word.WITH_YOU, now=at))
    make.done(lambda: give(cast.mori, unnamed, Word.SAME_HERE, now=at))
    make.done(lambda: keep(cast.marta, of_ben, now=at))
    make.done(lambda: mute_person(cast.hana, cast.ben.id, now=at))
    make.done(lambda: put(unnamed, {NoteKind.PAIN}))
    make.done(lambda: rename(cast.marta, "Marta", "Asia/Kolkata"))
    make.signed_up(call_id, cast.ben)
    thread = f"/threads/{thread_id}"
    return [f"{thread}?to={of_hana}", thread, "/topics/cervical", "/calls", "/home"]


def as_everybody(cast, client_for, places):
    """What each of them reads, without what is one page’s alone."""
    readers = (cast.ana, cast.ben, cast.hana, cast.mori, cast.marta)
    return [
        OWN.sub("", client_for(reader).get(place).text) for place in places for reader in readers
    ]


def anew(app):
    app.extensions["drawn"].cache_clear()


def remembered(app):
    """All that is in the memory of pieces: what they were drawn of, and the pieces."""
    return gc.get_referents(app.extensions["drawn"])


def pieces_of(app):
    return [each for each in remembered(app) if isinstance(each, str)]


def test_everybody_reads_what_they_would_read_alone(app, cast, client_for, make, world):
    alone = []
    for place in world:
        for reader in (cast.ana, cast.ben, cast.hana, cast.mori, cast.marta):
            anew(app)
            alone.append(OWN.sub("", client_for(reader).get(place).text))
    anew(app)
    assert as_everybody(cast, client_for, world) == alone
    assert len(set(alone)) > 20
    assert as_everybody(cast, client_for, world) == alone


def test_on_another_day_words_for_instants_are_others(app, cast, client_for, make, world):
    before = client_for(cast.ana).get(world[1]).text
    make.clock.pass_by(days=1)
    after = OWN.sub("", client_for(cast.ana).get(world[1]).text)
    assert "Today at" in before
    assert "Today at" not in after
    anew(app)
    assert OWN.sub("", client_for(cast.ana).get(world[1]).text) == after


def test_what_there_is_to_choose_may_change_within_the_day(
    app, cast, client_for, make, monkeypatch
):
    before = client_for(cast.ana).get("/calls").text
    fewer = [topic for topic in all_topics() if topic.slug != "cervical"]
    monkeypatch.setattr("community.calls.listing.forms.all_topics", lambda: fewer)
    after = client_for(cast.ana).get("/calls").text
    assert 'value="cervical"' in before
    assert 'value="cervical"' not in after


def test_what_was_typed_is_nobody_elses(app, cast, client_for, world):
    ana = client_for(cast.ana)
    page = world[1]
    refused = send(ana, page, f"{page}/replies", words="Mine alone " * 2000, tried_what="A cushion")
    assert refused.status_code == 422
    assert "A cushion" in refused.text
    assert "A cushion" not in client_for(cast.ben).get(page).text
    assert not [each for each in pieces_of(app) if "Mine alone" in each]


def test_no_piece_holds_a_token(app, cast, client_for, world):
    as_everybody(cast, client_for, world)
    pieces = pieces_of(app)
    assert len(pieces) > 20
    mine = token(client_for(cast.ana), world[1])
    assert not [piece for piece in pieces if "csrf_token" in piece or mine in piece]
    assert not [piece for piece in pieces if 'name="event_id"' in piece]


def test_the_least_lately_drawn_goes(app):
    drawn = []

    def macro(number):
        drawn.append(number)
        return str(number)

    with app.test_request_context():
        draw = partial(app.jinja_env.globals["drawn_once"], macro)
        for number in (*range(PIECES_MOST), 0, PIECES_MOST):
            draw(number)
        assert drawn == list(range(PIECES_MOST + 1))
        assert (draw(0), draw(1)) == ("0", "1")
    assert drawn[PIECES_MOST + 1 :] == [1]


def test_no_form_of_a_page_outlives_it(app, cast, client_for, world):
    anew(app)
    as_everybody(cast, client_for, world)
    gc.collect()
    kept = [value for key in remembered(app) if isinstance(key, tuple) for value in key]
    blank = [value for value in kept if isinstance(value, _Blank)]
    assert len(blank) > 3
    assert not [value for value in blank if value.form() is not None]


class Compared:
    """A value that counts how often it is compared with another one."""

    times = 0

    def __init__(self, number):
        self._number = number

    def __hash__(self):
        return hash(self._number)

    def __eq__(self, other):
        Compared.times += 1
        return self._number == other._number


def test_a_piece_is_found_among_thousands_as_soon_as_among_few(app):
    with app.test_request_context():
        draw = partial(app.jinja_env.globals["drawn_once"], lambda value: "")
        for number in range(PIECES_MOST):
            draw(Compared(number))
        Compared.times = 0
        for number in range(100):
            draw(Compared(number))
    assert 0 < Compared.times < 300
