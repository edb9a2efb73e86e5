"""Drafts that were thrown away: out of sight at once, and back by a press for thirty days."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from community.core.db import db
from community.groups import actions as groups_actions
from community.groups.claims import actor_of
from community.threads import actions as threads_actions
from community.threads import jobs, queries
from community.threads.models import Draft
from community.threads.pictures import actions as pictures
from community.threads.pictures.models import Picture
from community.threads.pictures.queries import on_page
from community.threads.pictures.rules import Redrawn, Shape
from community.threads.rules.drafts import NEW_THREAD, Place, Typed
from community.threads.rules.posts import Press
from community.threads.taken_back import actions as taken_back_actions
from community.threads.taken_back.rules import KEPT_FOR
from community.threads.thrown_away import actions, keeping
from community.threads.thrown_away.models import ThrownAway
from tests.core.store import Store, own_app
from tests.fakes import FrozenClock
from tests.make import Make
from tests.pages import plain, send


@pytest.fixture
def thread_id(make, cast) -> UUID:
    return make.thread(cast.group_id, cast.ana)


@pytest.fixture
def thrown(make, cast, thread_id) -> UUID:
    """A reply that Ben threw away: by its stamp."""
    return throws(make, cast.ben, Place(thread_id), "Rain, *all* day.")


def keeps(make, person, place: Place, words: str, seen: UUID | None = None, **more):
    typed, press = Typed(words, **more), Press(draft=seen)
    keep = threads_actions.keep_draft
    return make.done(lambda: keep(person, place, typed, press=press, now=make.clock.now()))


def throws(make, person, place: Place, words: str, **more) -> UUID:
    stamp: UUID = keeps(make, person, place, words, **more).stamp
    assert make.done(lambda: actions.throw_away(person, stamp, now=make.clock.now()))
    return stamp


def drafts(make) -> list[str]:
    return list(make.done(lambda: db.session.scalars(select(Draft.words)).all()))


def kept(make) -> list[str]:
    return list(make.done(lambda: db.session.scalars(select(ThrownAway.words)).all()))


@pytest.mark.holds("F:F84")
def test_it_is_put_back_as_it_was_by_one_press_and_a_second_changes_nothing(cast, make, client_for):
    chosen = {"group": str(cast.group_id), "topic": "hand", "unnamed": True}
    stamp = throws(make, cast.ben, NEW_THREAD, "Which?", title="Pens", choices=chosen)
    ben, path = client_for(cast.ben), f"/drafts/{stamp}"
    assert "There’s nothing you haven’t sent." in (page := ben.get("/drafts").text)
    assert f'href="{path}"' in page
    assert "“Pens”, number 1" in page
    assert f'action="{path}/put-back"' in ben.get(path).text
    for _ in range(2):
        assert send(ben, "/drafts", f"{path}/put-back").location == "/drafts"
    assert (drafts(make), kept(make)) == (["Which?"], [])
    draft = make.done(lambda: queries.draft(cast.ben, NEW_THREAD))
    assert draft.kept.typed == Typed("Which?", "Pens", chosen)


@pytest.mark.holds("F:F84")
def test_a_box_that_was_emptied_is_put_back(cast, make, client_for, thread_id):
    seen = keeps(make, cast.ben, Place(thread_id), "Rain.").stamp
    assert keeps(make, cast.ben, Place(thread_id), "", seen) is None
    assert (drafts(make), kept(make)) == ([], ["Rain."])
    send(client_for(cast.ben), f"/drafts/{seen}", f"/drafts/{seen}/put-back")
    assert (drafts(make), kept(make)) == (["Rain."], [])


def test_what_was_sent_is_no_emptied_box(cast, make, thread_id):
    seen = keeps(make, cast.ben, Place(thread_id), "Rain.").stamp
    send = threads_actions.reply
    press = Press(draft=seen)
    make.done(lambda: send(cast.ben, thread_id, "Rain.", press=press, now=make.clock.now()))
    keeps(make, cast.ben, Place(thread_id), "", seen)
    assert kept(make) == []


def test_what_is_written_there_since_stays_and_it_stands_beside(
    cast, make, client_for, thread_id, thrown
):
    keeps(make, cast.ben, Place(thread_id), "Sun.")
    send(client_for(cast.ben), f"/drafts/{thrown}", f"/drafts/{thrown}/put-back")
    draft = make.done(lambda: queries.draft(cast.ben, Place(thread_id)))
    assert (draft.kept.typed.words, draft.kept.overtaken) == ("Sun.", ("Rain, *all* day.",))


@pytest.mark.holds("promise:10")
def test_nobody_else_reads_puts_back_or_erases_it(cast, make, client_for, thrown):
    path = f"/drafts/{thrown}"
    for person in (cast.ana, cast.mori):
        browser = client_for(person)
        assert browser.get(path).status_code == 404
        assert "Rain, " not in browser.get("/drafts").text
        for press in ("put-back", "erase"):
            assert send(browser, "/comfort", f"{path}/{press}").location == "/drafts"
    assert client_for(None).get(path).status_code == 302
    assert (drafts(make), kept(make)) == ([], ["Rain, *all* day."])


def test_it_is_nowhere_among_what_is_not_sent(cast, make, client_for, thread_id, thrown):
    ben = client_for(cast.ben)
    assert "Rain" not in ben.get(f"/threads/{thread_id}").text
    assert 'href="/drafts"' not in ben.get("/home").text
    assert 'href="/drafts"' in ben.get("/settings").text
    assert make.done(lambda: queries.drafts(cast.ben)) == []
    assert "Rain" not in send(ben, "/search", "/search", words="Rain").text


def test_it_is_there_again_with_the_group_that_somebody_left(cast, make, client_for, thread_id):
    path = f"/drafts/{throws(make, cast.ana, Place(thread_id), 'Rain.')}"
    ana, now = client_for(cast.ana), make.clock.now()
    make.done(lambda: groups_actions.leave(make.actor(cast.ana), cast.group_id, now=now))
    assert ana.get(path).status_code == 404
    assert send(ana, "/drafts", f"{path}/put-back").location == "/drafts"
    back = {"left_at": now, "now": now}
    make.done(lambda: groups_actions.come_back(make.actor(cast.ana), cast.group_id, **back))
    assert ana.get(path).status_code == 200


def test_words_that_it_would_have_changed_are_taken_back_and_it_goes(cast, make, thread_id):
    post_id = make.reply(thread_id, cast.ben, "It rains.")
    throws(make, cast.ben, Place(thread_id, post_id), "It snows.")
    make.done(lambda: taken_back_actions.take_back(cast.ben, post_id, now=make.clock.now()))
    assert kept(make) == []


def test_pictures_that_waited_beside_it_go_and_come_with_it(cast, make, client_for, thread_id):
    place, now = Place(thread_id), make.clock.now()
    what = (place, Redrawn(Shape(2, 1), b"small", None), "A grey cat asleep.")
    ids = [make.done(lambda: pictures.take(cast.ana, *what, now=now)) for _ in range(2)]
    make.done(lambda: pictures.take_out(cast.ana, ids[1], now=now))
    path = f"/drafts/{throws(make, cast.ana, place, 'Rain.')}"
    ana = client_for(cast.ana)
    assert waiting(make, cast.ana, place) == []
    assert f"/pictures/{ids[0]}" in ana.get(path).text
    assert client_for(cast.ben).get(f"/pictures/{ids[0]}/small").status_code == 404
    send(ana, path, f"{path}/put-back")
    assert waiting(make, cast.ana, place) == ids[:1]
    send(ana, path := f"/drafts/{throws(make, cast.ana, place, 'Rain!')}", f"{path}/erase")
    make.done(lambda: pictures.forget(now=now))
    left = make.done(lambda: db.session.scalars(select(Picture.id)).all())
    assert left == ids[1:]  # it was taken out before, and can still be put back


def waiting(make, person, place: Place) -> list[UUID]:
    return [each.id for each in make.done(lambda: on_page(person, (), place)).waiting]


def test_one_press_erases_it_for_good(cast, make, client_for, thrown):
    ben, path = client_for(cast.ben), f"/drafts/{thrown}"
    assert "Erased words can’t come back." in plain(ben.get(path))
    send(ben, path, f"{path}/erase")
    assert kept(make) == [""]
    assert ben.get(path).status_code == 404
    assert path not in ben.get("/drafts").text
    send(ben, "/drafts", f"{path}/put-back")
    assert drafts(make) == []


def test_my_drafts_ask_the_same_of_the_database_however_many_there_are(
    cast, make, client_for, thread_id, thrown, cost
):
    ben = client_for(cast.ben)
    ben.get("/drafts")
    cost.statements.clear()
    ben.get("/drafts")
    one = int(cost)
    for each in range(20):
        throws(make, cast.ben, Place(thread_id), f"Rain {each}.")
    cost.statements.clear()
    ben.get("/drafts")
    assert int(cost) == one


def test_the_newest_are_kept_and_older_ones_are_erased_with_their_pictures(
    cast, make, clock, client_for, thread_id, thrown, monkeypatch
):
    monkeypatch.setattr(keeping, "THROWN_MOST", 3)
    beside = (Place(thread_id), Redrawn(Shape(2, 1), b"small", None), "A grey cat asleep.")
    make.done(lambda: pictures.take(cast.ana, *beside, now=clock.now()))
    oldest = throws(make, cast.ana, Place(thread_id), "Snow.")
    for each in range(3):
        stamp = throws(make, cast.ana, NEW_THREAD, f"Hail {each}.")
    assert sorted(kept(make)) == ["", "Hail 0.", "Hail 1.", "Hail 2.", "Rain, *all* day."]
    make.done(lambda: pictures.forget(now=clock.now()))
    assert make.done(lambda: db.session.scalars(select(Picture.id)).all()) == []
    ana = client_for(cast.ana)
    assert "Your newest 3 are kept." in (page := plain(ana.get("/drafts")))
    assert page.index("Hail 2.") < page.index("Hail 1.") < page.index("Hail 0.")
    assert "Your newest 3 are kept" in plain(ana.get(f"/drafts/{stamp}"))
    assert ana.get(f"/drafts/{oldest}").status_code == 404
    seen = keeps(make, cast.ana, Place(thread_id), "Fog.").stamp
    keeps(make, cast.ana, Place(thread_id), "", seen)  # a box that was emptied counts as well
    assert sorted(kept(make)) == ["", "", "Fog.", "Hail 1.", "Hail 2.", "Rain, *all* day."]
    with make.app.app_context():
        jobs.erase_thrown_away(clock.now())
    assert sorted(kept(make)) == ["Fog.", "Hail 1.", "Hail 2.", "Rain, *all* day."]
    assert client_for(cast.ben).get(f"/drafts/{thrown}").status_code == 200


@pytest.mark.holds("F:F84")
def test_it_is_kept_for_thirty_days_and_then_erased(cast, make, clock, inside, thrown):
    last = clock.now() + KEPT_FOR
    jobs.erase_thrown_away(last - timedelta(seconds=1))
    assert kept(make) == ["Rain, *all* day."]
    jobs.erase_thrown_away(last)
    assert kept(make) == []
    assert jobs.erase_thrown_away in [each.run for each in jobs.JOBS]


@pytest.fixture
def own(store: Store) -> Iterator[Flask]:
    with own_app(store.url) as app:
        yield app


@pytest.mark.holds("promise:10")
@pytest.mark.parametrize("is_pressed", [False, True])
def test_after_that_nothing_of_it_is_left_in_the_files(own: Flask, store: Store, is_pressed: bool):
    clock = own.extensions["ports"].clock
    assert isinstance(clock, FrozenClock)
    make = Make(own, clock)
    make.everyone()
    ana = make.member("Ana")

    def me():
        return actor_of(ana.id, now=clock.now())

    typed = Typed("A qwyxzheron on one leg.")
    written = make.done(
        lambda: threads_actions.keep_draft(me(), NEW_THREAD, typed, press=Press(), now=clock.now())
    )
    make.done(lambda: actions.throw_away(me(), written.stamp, now=clock.now()))
    assert b"qwyxzheron" in store.on_disk()
    if is_pressed:
        make.done(lambda: keeping.erase(me(), written.stamp, now=clock.now()))
    later = clock.now() + (timedelta(hours=1) if is_pressed else KEPT_FOR)
    with own.app_context():
        jobs.erase_thrown_away(later)
    assert b"qwyxzheron" not in store.on_disk()
