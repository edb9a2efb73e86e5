"""Muting a person: for whoever chose it alone, and never for more than that."""

import pytest

from community.moderation.rules.case import Outcome
from community.threads import actions as threads_actions
from community.threads.mutes import actions, queries
from community.threads.rules.posts import Wish
from tests.pages import send

LIST = "/apart"
FOLDED = "Folded: you’d rather not read"


@pytest.fixture
def thread_id(cast, make):
    return make.thread(cast.group_id, cast.ana, title="The bus and the window seat")


def muted(make, who, person) -> None:
    make.done(lambda: actions.mute_person(who, person.id, now=make.clock.now()))


@pytest.mark.holds("seed:10")
def test_a_press_folds_what_somebody_writes_for_whoever_pressed_and_nobody_else(
    cast, make, client_for, thread_id
):
    make.reply(thread_id, cast.ben, "I could see the rain.")
    ana, page = client_for(cast.ana), f"{LIST}/{cast.ben.id}"
    place = f"/threads/{thread_id}"
    before = client_for(cast.ben).get(place).text
    assert "Or only read less of them" in ana.get(page).text
    assert send(ana, page, f"{page}/mute", back=place).location == place
    mine = ana.get(place).text
    assert f"{FOLDED} Ben" in mine
    assert mine.index(FOLDED) < mine.index("I could see the rain.")
    assert client_for(cast.ben).get(place).text.count("fold") == before.count("fold")
    for other in (cast.hana, cast.mori):
        assert FOLDED not in client_for(other).get(place).text
    assert make.actor(cast.ben).news == 0


def test_it_goes_one_way(cast, make, client_for):
    muted(make, cast.ben, person=cast.ana)
    thread_id = make.thread(cast.group_id, cast.ben)
    assert FOLDED not in client_for(cast.ana).get(f"/threads/{thread_id}").text
    assert make.actor(cast.ana).meets(cast.ben.id)


def test_a_reply_of_theirs_rings_no_bell(cast, make, thread_id):
    muted(make, cast.ana, person=cast.ben)
    make.reply(thread_id, cast.ben)
    assert make.actor(cast.ana).news == 0
    make.reply(thread_id, cast.hana)
    assert make.actor(cast.ana).news == 1


def test_what_a_muted_person_began_is_not_among_whats_new(cast, make, client_for, thread_id):
    muted(make, cast.ben, person=cast.ana)
    assert "The bus and the window seat" not in client_for(cast.ben).get("/home").text
    assert "The bus and the window seat" in client_for(cast.hana).get("/home").text


@pytest.mark.holds("moderation:22")
def test_what_is_written_without_a_name_is_left_as_it_is(cast, make, client_for):
    thread_id = make.thread(cast.group_id, cast.ana)
    muted(make, cast.ana, person=cast.ben)
    muted(make, cast.hana, person=cast.ben)
    what = (make.actor(cast.ben), thread_id, "Nobody knows that I wrote this.")
    make.done(lambda: threads_actions.reply(*what, unnamed=True, now=make.clock.now()))
    page = client_for(cast.hana).get(f"/threads/{thread_id}").text
    assert "Nobody knows that I wrote this." in page
    assert FOLDED not in page
    assert make.actor(cast.ana).news == 1


@pytest.mark.holds("moderation:22")
def test_a_thread_begun_without_a_name_stays_among_whats_new(cast, make, client_for):
    muted(make, cast.hana, person=cast.ben)
    what = (cast.group_id, "cervical", "Begun by nobody", Wish.ME_TOO, "Words.")
    ben, now = make.actor(cast.ben), make.clock.now()
    make.done(lambda: threads_actions.start(ben, *what, unnamed=True, now=now))
    assert "Begun by nobody" in client_for(cast.hana).get("/home").text


def test_what_moderators_decide_is_told_all_the_same(cast, make, letters, thread_id):
    muted(make, cast.ana, person=cast.mori)
    reply_id = make.reply(thread_id, cast.ana, "Just stop the tablets now.")
    item_id = make.report(reply_id, cast.ben, "medical_claim")
    make.decision(item_id, cast.mori, Outcome.REMOVE)
    assert ("Ana", "post_decided") in letters()


def test_the_list_is_theirs_alone_and_undoes_each(cast, make, client_for):
    muted(make, cast.ben, person=cast.hana)
    ben = client_for(cast.ben)
    assert ">Hana<" in ben.get(LIST).text
    theirs = client_for(cast.hana).get(LIST).text
    assert ">Ben<" not in theirs
    send(ben, LIST, f"{LIST}/{cast.hana.id}/unmute")
    assert ">Hana<" not in ben.get(LIST).text


def test_nobody_mutes_themselves_or_whoever_is_not_there(cast, client_for, thread_id):
    ana = client_for(cast.ana)
    assert send(ana, LIST, f"{LIST}/{cast.ana.id}/mute").status_code == 404
    assert send(ana, LIST, f"{LIST}/{thread_id}/mute").status_code == 404


def test_pressed_twice_it_is_kept_once(cast, make, client_for):
    ben = client_for(cast.ben)
    for _ in range(2):
        send(ben, LIST, f"{LIST}/{cast.hana.id}/mute")
    assert make.done(lambda: queries.muted_by(cast.ben)).people == {cast.hana.id}
    assert len(make.done(lambda: queries.people(cast.ben))) == 1


def test_the_pages_cost_the_same_for_one_as_for_many(cast, make, client_for, cost, thread_id):
    ben = client_for(cast.ben)

    def statements() -> list[int]:
        counts = []
        for page in (LIST, f"/threads/{thread_id}", "/home"):
            cost.statements.clear()
            assert ben.get(page).status_code == 200
            counts.append(int(cost))
        return counts

    muted(make, cast.ben, person=cast.hana)
    statements()
    few = statements()
    for person in (cast.mori, cast.marta):
        muted(make, cast.ben, person=person)
    assert statements() == few
