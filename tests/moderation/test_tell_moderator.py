"""Telling a moderator from a thread: no complaint, nothing to decide, somebody who sees to it."""

import re

import pytest

from community.accounts.sanctions.rules import SanctionKind
from community.core.actor import Staff
from community.core.db import db
from community.moderation.help.models import HelpWanted
from community.moderation.help.rules import SAW_TO_HELP
from community.moderation.models import AuditEvent, ReviewItem
from tests.pages import plain, send
from tests.threads.test_circle_thread import opened

SECRET = "I worry about what Ben wrote."


@pytest.fixture
def thread_id(cast, make):
    return make.thread(cast.group_id, cast.ben, title="First injections next week")


@pytest.fixture
def page(thread_id):
    return f"/threads/{thread_id}/tell"


def told(letters, kind: str = "moderator_wanted") -> list[str]:
    return sorted(name for name, each in letters() if each == kind)


def waiting(browser) -> list[str]:
    return sorted(set(re.findall(r"/moderation/help/[0-9a-f-]+", browser.get("/moderation").text)))


@pytest.mark.holds("moderation:7", "promise:10")
def test_a_word_from_a_thread_reaches_whoever_looks_after_its_group_and_nobody_else(
    app, cast, make, client_for, thread_id, page, letters, arrived
) -> None:
    ana = client_for(cast.ana)
    thread = ana.get(f"/threads/{thread_id}")
    assert f'href="{page}"' in thread.text
    assert "Tell a moderator" in plain(thread)
    assert "nobody may read this for hours" in plain(ana.get(page))
    assert send(ana, page, words=SECRET).location == f"/threads/{thread_id}"
    assert "Whoever looks after this group is told." in plain(ana.get(f"/threads/{thread_id}"))
    owner = make.owner(cast.group_id).name
    assert told(letters) == sorted(["Marta", "Mori", owner])
    for subject, body in arrived("mori@example.org"):
        assert subject == "Circles: somebody would like to talk to you"
        for word in (SECRET, "Ana", "Ben", "injections"):
            assert word not in subject + body
    [address] = waiting(client_for(cast.mori))
    seen = plain(client_for(cast.mori).get(address))
    assert "Ana would like a moderator" in seen
    assert SECRET in seen
    assert "First injections next week" in seen
    for other in (cast.ana, cast.ben, cast.hana, cast.stranger):
        assert client_for(other).get(address).status_code == 404
    with app.app_context():
        assert db.session.query(ReviewItem).count() == 0


@pytest.mark.holds("promise:10")
def test_of_a_thread_they_do_not_read_those_of_the_site_see_no_title(
    cast, client_for, page
) -> None:
    send(client_for(cast.ana), page, words="")
    pat = client_for(cast.pat)
    [address] = waiting(pat)
    seen = plain(pat.get(address))
    assert "No words. That’s all right." in seen
    assert "First injections" not in seen


def test_pressing_twice_makes_one_and_the_words_can_be_changed(
    app, cast, client_for, page, letters
) -> None:
    ana = client_for(cast.ana)
    for words in ("", SECRET, SECRET):
        assert send(ana, page, words=words).status_code == 302
    assert told(letters).count("Mori") == 1
    again = ana.get(page)
    assert "You’ve told them" in plain(again)
    assert SECRET in again.text
    long = send(ana, page, words="x" * 2001)
    assert long.status_code == 422
    with app.app_context():
        assert [each.words for each in db.session.query(HelpWanted)] == [SECRET]


@pytest.mark.holds("moderation:1", "moderation:10")
def test_it_is_not_shown_to_whom_it_may_concern(cast, make, client_for, letters) -> None:
    """Whoever began the thread, who keeps apart, and, if it is about one of them, the whole
    group’s."""
    thread_id = make.thread(cast.group_id, cast.mori)
    make.kept_apart(cast.ana, cast.marta)
    send(client_for(cast.ana), f"/threads/{thread_id}/tell", words="")
    owner = make.owner(cast.group_id).name
    assert told(letters) == [owner]
    for barred in (cast.mori, cast.marta):
        assert waiting(client_for(barred)) == []
    assert len(waiting(client_for(cast.pat))) == 1
    above = make.thread(cast.group_id, cast.ben)
    form = {"words": "", "about_moderator": "y"}
    send(client_for(cast.hana), f"/threads/{above}/tell", **form)
    assert "Pat" in told(letters)
    assert not {"Mori", "Marta"} & set(told(letters))
    assert waiting(client_for(cast.mori)) == []
    assert len(waiting(client_for(cast.pat))) == 2


@pytest.mark.holds("moderation:17")
def test_it_is_closed_by_two_and_nothing_of_it_is_left(
    app, cast, client_for, page, letters
) -> None:
    ana, mori, marta = (client_for(who) for who in (cast.ana, cast.mori, cast.marta))
    send(ana, page, words=SECRET)
    [address] = waiting(mori)
    assert (
        send(mori, address, f"{address}/write", words="Thank you.", country="").status_code == 302
    )
    assert ("Ana", "help_wrote") in letters()
    assert send(mori, address, step="there").location == address
    assert ("Ana", "help_seen") in letters()
    assert send(marta, address, step="second").location == "/moderation"
    with app.app_context():
        assert db.session.query(HelpWanted).count() == 0
        events = db.session.query(AuditEvent).filter_by(action=SAW_TO_HELP)
        reasons = [each.reason for each in events.order_by(AuditEvent.id)]
    assert reasons == ["wrote", "there", "second"]
    assert "You’ve told them" not in plain(ana.get(page))  # and it can be told anew
    assert send(ana, page, words="").status_code == 302


@pytest.mark.holds("moderation:16")
def test_it_is_open_to_whoever_may_not_write_and_where_a_thread_rests(
    cast, make, client_for, thread_id, page, letters
) -> None:
    reply_id = make.reply(thread_id, cast.ana)
    item_id = make.report(reply_id, cast.ben, "disbelief")
    make.sanction(item_id, cast.mori, SanctionKind.MUTE, 7)
    ana, noor = client_for(cast.ana), client_for(cast.noor)
    assert f'href="{page}"' in ana.get(f"/threads/{thread_id}").text
    assert send(ana, page, words="").status_code == 302
    assert "Marta" in told(letters)
    assert noor.get(page).status_code == 404  # who isn’t in the group


def test_a_circles_own_thread_has_it_too(cast, make, client_for, letters) -> None:
    thread_id = opened(make, cast.group_id, cast.hana, {cast.hana.id, cast.ana.id})
    page = f"/threads/{thread_id}/tell"
    assert f'href="{page}"' in client_for(cast.ana).get(f"/threads/{thread_id}").text
    assert send(client_for(cast.ana), page, words="").status_code == 302
    assert "Mori" in told(letters)
    assert client_for(cast.ben).get(page).status_code == 404
    [address] = waiting(client_for(cast.mori))
    assert "After the circle" not in client_for(cast.mori).get(address).text


@pytest.mark.holds("asvs:2", "moderation:24")
def test_for_whoever_may_not_read_the_thread_there_is_no_such_page(cast, client_for, page) -> None:
    stranger = client_for(cast.stranger)
    assert stranger.get(page).status_code == 404
    assert send(stranger, "/calls", page, words="").status_code == 404
    assert "/sign-in" in client_for(None).get(page).location


def test_a_safety_lead_has_it_too_when_nobody_was_reached(
    cast, make, client_for, page, letters
) -> None:
    make.staff("Lea", Staff.SAFETY_LEAD)
    send(client_for(cast.ana), page, words="")
    mori = client_for(cast.mori)
    [address] = waiting(mori)
    send(mori, address, step="not-reached")
    assert told(letters, "help_goes_up") == ["Lea"]


def test_hard_words_are_answered_with_help(cast, client_for, thread_id, page) -> None:
    ana = client_for(cast.ana)
    send(ana, page, words="I want to end my life.")
    seen = plain(ana.get(f"/threads/{thread_id}"))
    assert "These lines answer now." in seen
    assert "See who can help today" in seen


@pytest.mark.holds("moderation:17")
def test_whoever_writes_to_them_last_can_be_the_second_name(
    app, cast, client_for, page, letters
) -> None:
    mori, marta = client_for(cast.mori), client_for(cast.marta)
    send(client_for(cast.ana), page, words="")
    [address] = waiting(mori)
    send(mori, address, step="all-right")
    answer = send(marta, address, f"{address}/write", words="We’re here.", country="")
    assert answer.location == "/moderation"
    assert ("Ana", "help_wrote") in letters()
    assert waiting(mori) == []
