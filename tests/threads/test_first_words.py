"""What members wrote first in a group, for its greeter, so that nobody’s stays unanswered."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from community.accounts.sanctions.rules import SanctionKind
from community.core.db import db
from community.core.letters import OutboxLetter
from community.core.post import post
from community.groups import actions as groups_actions
from community.groups.rules import HoldPolicy
from community.notifications.models import Notice
from community.threads import actions as threads_actions
from community.threads.greeting import actions, queries
from community.threads.greeting.jobs import tell_of_first_words
from community.threads.holds import actions as holds
from tests.letters import words as words_of
from tests.pages import plain, send

SATURDAY = datetime(2026, 11, 21, 15, 0, tzinfo=UTC)
WAITING, ANSWERED = "Not answered yet", "Somebody wrote after it"


@pytest.fixture(autouse=True)
def greets(make, cast, clock):
    """Hana greets, and would like to be told."""
    clock.instant = SATURDAY
    owner = make.owner(cast.group_id)
    make.done(lambda: actions.ask(owner, cast.group_id, cast.hana.id, now=clock.now()))
    make.done(lambda: actions.accept(cast.hana, cast.group_id, now=clock.now()))
    what = {"hears": True, "now": clock.now()}
    make.done(lambda: actions.write(cast.hana, cast.group_id, "", None, **what))
    make.done(lambda: db.session.query(OutboxLetter).delete())


@pytest.fixture
def listed(make, cast):
    """Whose first words Hana finds, and whether somebody wrote after them."""

    def found() -> dict[str, bool]:
        hana = make.actor(cast.hana)
        rows = make.done(lambda: queries.first_words(hana, cast.group_id, make.clock.now()))
        return {each.name: each.is_answered for each in rows}

    return found


@pytest.fixture
def page(cast) -> str:
    return f"/groups/{cast.group_id}/first-words"


@pytest.mark.holds("F:F39")
def test_the_first_post_of_a_member_is_there_until_and_after_somebody_answers(
    cast, client_for, make, page
) -> None:
    thread_id = make.thread(cast.group_id, cast.ana, title="My neck, and rain")
    browser = client_for(cast.hana)
    shown = browser.get(page).text
    assert f"/posts/{make.opening(thread_id)}" in shown
    assert "What Ana wrote first" in shown
    assert "My neck" not in shown  # what it is about stands where it is
    assert WAITING in shown
    assert ANSWERED not in shown
    make.reply(thread_id, cast.ben)
    shown = plain(browser.get(page))
    assert shown.index(WAITING) < shown.index("What Ben wrote first") < shown.index(ANSWERED)
    assert shown.index(ANSWERED) < shown.index("What Ana wrote first")
    assert page in client_for(cast.hana).get(f"/groups/{cast.group_id}").text
    assert page not in client_for(cast.ben).get(f"/groups/{cast.group_id}").text


def test_only_what_somebody_wrote_first_in_this_group_is_there(cast, make, listed) -> None:
    elsewhere = make.everyone()
    make.thread(elsewhere, cast.ana, title="Elsewhere")
    assert listed() == {}
    first = make.thread(cast.group_id, cast.ana, title="The first")
    make.thread(cast.group_id, cast.ana, title="The second")
    make.reply(first, cast.ana)
    make.reply(first, cast.hana)  # who greets is greeted by nobody
    hana = make.actor(cast.hana)
    (row,) = make.done(lambda: queries.first_words(hana, cast.group_id, make.clock.now()))
    assert row.post_id == make.opening(first)
    assert listed() == {"Ana": True}


def test_it_is_there_for_thirty_days(cast, make, listed, clock) -> None:
    thread_id = make.thread(cast.group_id, cast.ana)
    clock.pass_by(hours=30 * 24)
    make.reply(thread_id, cast.hana)
    assert listed() == {"Ana": True}
    clock.pass_by(minutes=1)
    assert listed() == {}


@pytest.mark.holds("F:F39", "moderation:22")
def test_what_is_held_hidden_or_taken_back_is_not_there(cast, make, listed, clock) -> None:
    make.holds(cast.group_id, HoldPolicy.ALL)
    thread_id = make.thread(cast.group_id, cast.ana)
    opening = make.opening(thread_id)
    assert listed() == {}
    make.done(lambda: holds.show(opening, now=clock.now()))
    assert listed() == {"Ana": False}
    until = clock.now() + timedelta(hours=1)
    make.done(lambda: threads_actions.hide(opening, until=until))
    assert listed() == {}
    clock.pass_by(hours=2)
    assert listed() == {"Ana": False}
    make.done(lambda: threads_actions.remove(opening))
    assert listed() == {}


@pytest.mark.holds("F:F39", "moderation:22", "promise:10")
def test_what_is_written_without_a_name_is_nobodys_first_words_nor_an_answer_of_theirs(
    cast, make, listed, client_for, page
) -> None:
    unsigned = make.thread(cast.group_id, cast.ana, title="Unsigned", unnamed=True)
    assert listed() == {}
    assert (
        "What"
        not in plain(client_for(cast.hana).get(page)).split("Only you see this list.")[1][:40]
    )
    # Her first signed words are her first: what she wrote before in another name is not hers here.
    signed = make.thread(cast.group_id, cast.ana, title="Signed")
    assert listed() == {"Ana": False}
    # Without a name it is somebody’s, and whose it is not even this list says.
    make.reply(signed, cast.ana, "An answer.", unnamed=True)
    assert listed() == {"Ana": True}
    make.reply(unsigned, cast.ben)
    assert set(listed()) == {"Ana", "Ben"}


@pytest.mark.parametrize("who", ["greeter", "newcomer"])
def test_who_keeps_apart_is_not_there_whoever_chose_it(cast, make, listed, who) -> None:
    make.thread(cast.group_id, cast.ana)
    one, other = (cast.hana, cast.ana) if who == "greeter" else (cast.ana, cast.hana)
    make.kept_apart(one, other)
    assert listed() == {}


def test_an_answer_by_somebody_kept_apart_is_not_there_to_tell_of(cast, make, listed) -> None:
    thread_id = make.thread(cast.group_id, cast.ana)
    make.kept_apart(cast.hana, cast.ben)
    make.reply(thread_id, cast.ben)
    assert listed() == {"Ana": False}


def test_first_words_under_a_beginning_that_is_not_there_are_not(cast, make, listed) -> None:
    thread_id = make.thread(cast.group_id, cast.ben)
    make.reply(thread_id, cast.ana)
    assert listed() == {"Ana": False, "Ben": True}
    make.kept_apart(cast.hana, cast.ben)
    assert listed() == {}


def test_whoever_left_the_group_needs_no_greeting(cast, make, listed, clock) -> None:
    make.thread(cast.group_id, cast.ana)
    ana = make.actor(cast.ana)
    make.done(lambda: groups_actions.leave(ana, cast.group_id, now=clock.now()))
    assert listed() == {}


def test_in_everybodys_group_nobody_needs_a_row(cast, make, clock) -> None:
    everyone = make.everyone()
    make.thread(everyone, cast.ana)
    hana = make.actor(cast.hana)
    (row,) = make.done(lambda: queries.first_words(hana, everyone, clock.now()))
    assert row.name == "Ana"


@pytest.mark.holds("asvs:2")
def test_the_list_is_the_greeters_alone(cast, client_for, make, page) -> None:
    make.thread(cast.group_id, cast.ana)
    for person in (cast.ana, cast.mori, make.owner(cast.group_id), cast.stranger):
        assert client_for(person).get(page).status_code == 404


def test_two_hundred_cost_no_more_statements_than_one_and_leave_nobody_unanswered_out(
    cast, make, client_for, page, cost, clock
) -> None:
    def statements() -> int:
        browser = client_for(cast.hana)
        browser.get(page)
        cost.statements.clear()
        browser.get(page)
        return int(cost)

    make.thread(cast.group_id, cast.ben)  # the oldest, and nobody answers
    thread_id = make.thread(cast.group_id, cast.ana)
    one = statements()
    owner = make.owner(cast.group_id)
    for number in range(200):
        person = make.member(f"Member {number}")
        make.joined(cast.group_id, person, owner)
        make.reply(thread_id, make.actor(person))
    assert statements() == one <= 4
    shown = client_for(cast.hana).get(page).text
    assert shown.count('href="/posts/') == queries.LISTED
    assert "What Ben wrote first" in shown


# ---- the letter ----


@pytest.fixture
def told(app, make, clock, cast):
    """Let mornings pass, the job running as it does; how many letters Hana has by then."""

    def written(days: int = 1) -> int:
        with app.app_context():
            for _ in range(days * 48):
                tell_of_first_words(clock.now())
                clock.pass_by(minutes=30)
            found = select(OutboxLetter.address).where(
                OutboxLetter.kind == "threads/first_words_written"
            )
            addresses = db.session.scalars(found).all()
        assert set(addresses) <= {"hana@example.org"}
        return len(addresses)

    return written


def test_a_letter_tells_once_of_each_in_the_morning_and_of_one_a_day(cast, make, told) -> None:
    assert told() == 0
    thread_id = make.thread(cast.group_id, cast.ana)
    make.thread(cast.group_id, cast.ben)
    assert told() == 1
    assert told() == 2
    assert told(3) == 2
    make.reply(thread_id, cast.mori)
    assert told() == 3


def test_no_letter_tells_of_what_is_answered_or_to_whoever_asked_for_none(
    cast, make, told, clock
) -> None:
    thread_id = make.thread(cast.group_id, cast.ana)
    make.reply(thread_id, cast.hana)
    assert told() == 0
    make.reply(thread_id, cast.ben)
    what = {"hears": False, "now": clock.now()}
    make.done(lambda: actions.write(make.actor(cast.hana), cast.group_id, "", None, **what))
    assert told() == 0


def test_no_letter_goes_to_whoever_may_not_write_there(cast, make, told) -> None:
    make.thread(cast.group_id, cast.ana)
    make.held_back(cast.hana, SanctionKind.LIMIT)
    assert told(6) == 0
    assert told(3) == 1


@pytest.mark.holds("promise:10")
def test_the_letter_names_nobody_and_its_subject_nothing(cast, make, app, told, mail, clock):
    make.thread(cast.group_id, cast.ana, title="My neck, and rain")
    assert told() == 1
    with app.app_context():
        post(clock.now())
    (sent,) = mail.kept
    assert sent["Subject"] == "Circles: first words"
    said = words_of(sent)
    assert "Ana" not in said
    assert "rain" not in said
    assert f"/groups/{cast.group_id}/first-words" in said
    kinds = make.done(lambda: db.session.scalars(select(Notice.kind)).all())
    assert "threads/first_words_written" in kinds


def test_the_page_says_where_to_choose(cast, client_for, page) -> None:
    shown = client_for(cast.hana).get(page).text
    assert "/news/choices" in shown
    went = send(
        client_for(cast.hana),
        f"/groups/{cast.group_id}/greeter/yours",
        words="",
        thread="",
        hears="y",
    )
    assert went.status_code == 302
