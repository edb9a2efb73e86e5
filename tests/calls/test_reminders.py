"""Whoever has a seat is reminded: by choice, out of the night, once for each time a call has."""

from datetime import time, timedelta

import pytest
from sqlalchemy import func, select

from community.accounts import actions as accounts_actions
from community.calls.actions import holding, scheduling
from community.calls.jobs import remind
from community.calls.models import Reminder
from community.calls.rules.call import Plan
from community.core.actor import Role
from community.core.db import db
from community.core.letters import OutboxLetter
from community.core.post import newest, post
from community.notifications import actions as notifications_actions
from community.notifications.models import Notice
from community.notifications.rules import UNCHOSEN, USUAL_QUIET, News, Quiet, Ways

DAYS = timedelta(days=1)
BOTH = Ways(by_mail=True, by_bell=True)
EVERY_WAY = dict.fromkeys(News, BOTH)
MINE = {"call_comes", "call_begins"}


@pytest.fixture
def cast(make):
    hana, ana = make.member("Hana"), make.member("Ana")
    group_id = make.group("Quiet evenings", owner=hana, members=[ana], facilitators=[hana])
    return make.actor(hana), make.actor(ana), group_id


@pytest.fixture
def reminded(app, clock, letters):
    """Let the hours pass until then, the job running whenever there is something for it; the
    letters that came of it."""

    def until(instant):
        with app.app_context():
            before = len(letters())
            while (first := db.session.scalar(select(func.min(Reminder.due_at)))) is not None:
                if first > instant:
                    break
                clock.instant = max(clock.now(), first)
                remind(clock.now())
            clock.instant = instant
            return [each for each in letters()[before:] if each[1] in MINE]

    return until


def move(make, call_id, hana, starts_at):
    plan = Plan(title="Neck circle", starts_at=starts_at)
    make.done(lambda: scheduling.edit_call(hana, call_id, plan, now=make.clock.now()))


def chosen(make, person, choices, quiet=USUAL_QUIET):
    make.done(lambda: notifications_actions.choose(person, choices, quiet))


def told_at(app, clock, kind):
    """When the letters of this kind go."""
    with app.app_context():
        query = select(OutboxLetter.due_at).where(OutboxLetter.kind == f"calls/{kind}")
        return list(db.session.scalars(query.order_by(OutboxLetter.id)))


@pytest.mark.holds("promise:6", "raur:4a")
def test_whoever_has_a_seat_or_holds_the_call_is_told_a_day_and_an_hour_before(
    app, make, cast, clock, reminded
) -> None:
    hana, ana, group_id = cast
    starts_at = clock.now() + 4 * DAYS
    make.call(group_id, hana, seated=[ana])
    assert reminded(starts_at - DAYS - timedelta(minutes=30)) == []
    assert sorted(reminded(starts_at - DAYS)) == [("Ana", "call_comes"), ("Hana", "call_comes")]
    assert reminded(starts_at - timedelta(hours=2)) == []
    assert sorted(reminded(starts_at)) == [("Ana", "call_comes"), ("Hana", "call_comes")]
    assert reminded(starts_at + DAYS) == []
    with app.app_context():
        assert db.session.scalars(select(Reminder)).all() == []
        rang = db.session.scalars(select(Notice.kind).where(Notice.account_id == ana.id)).all()
    assert rang.count("calls/call_comes") == 2
    assert rang.count("calls/call_begins") == 1


def test_a_member_reads_what_concerns_a_member_and_whoever_holds_it_what_concerns_them(
    app, make, cast, clock, reminded
) -> None:
    hana, ana, group_id = cast
    for person in (hana, ana):
        chosen(make, person, EVERY_WAY)
    make.call(group_id, hana, seated=[ana])
    reminded(clock.now() + 4 * DAYS)
    with app.app_context():
        shown = {(each.address, each.subject): each.body for each in newest(4)}
    subjects = {subject for _, subject in shown}
    assert subjects == {
        "Circles: Tuesday 24 November, 12:00 pm",
        "Circles: 12:00 pm, as you planned",
    }
    for (address, _), body in shown.items():
        assert ("You hold" in body or "that you hold" in body) is (address == "hana@example.org")
        assert "/calls/" in body
        assert "Stop e-mails like this one" in body


@pytest.mark.holds("seed:8")
@pytest.mark.parametrize("kind", [News.DAY_BEFORE, News.HOUR_BEFORE, News.AT_START])
def test_each_comes_to_whoever_chose_it_and_only_as_they_chose(
    app, make, cast, clock, reminded, kind
) -> None:
    hana, ana, group_id = cast
    nothing = dict.fromkeys(News, Ways(by_mail=False, by_bell=False))
    chosen(make, ana, nothing | {kind: Ways(by_mail=True, by_bell=False)})
    chosen(make, hana, nothing)
    make.call(group_id, hana, seated=[ana])
    told = reminded(clock.now() + 4 * DAYS)
    assert told == [("Ana", "call_begins" if kind is News.AT_START else "call_comes")]
    with app.app_context():
        assert db.session.scalars(select(Notice)).all() == []


def test_whoever_gave_their_seat_up_is_told_nothing_and_is_again_with_a_new_one(
    make, cast, clock, reminded
) -> None:
    hana, ana, group_id = cast
    starts_at = clock.now() + 4 * DAYS
    call_id = make.call(group_id, hana, seated=[ana])
    make.gave_up(call_id, ana)
    assert reminded(starts_at - DAYS) == [("Hana", "call_comes")]
    make.signed_up(call_id, ana)
    assert sorted(reminded(starts_at - timedelta(hours=1))) == [
        ("Ana", "call_comes"),
        ("Hana", "call_comes"),
    ]


def test_who_waits_is_reminded_of_nothing(make, cast, clock, reminded) -> None:
    hana, ana, group_id = cast
    others = [make.member(f"Member {number}") for number in range(2)]
    for one in others:
        make.joined(group_id, one, hana)
    call_id = make.call(group_id, hana, seats=2, seated=[make.actor(one) for one in others])
    make.signed_up(call_id, ana)
    told = reminded(clock.now() + 4 * DAYS)
    assert {name for name, _ in told} == {"Hana", "Member 0", "Member 1"}


def test_a_cancelled_call_reminds_nobody(make, cast, clock, reminded) -> None:
    hana, ana, group_id = cast
    call_id = make.call(group_id, hana, seated=[ana])
    make.done(lambda: scheduling.cancel_call(hana, call_id, now=clock.now()))
    assert reminded(clock.now() + 5 * DAYS) == []


@pytest.mark.holds("promise:6")
def test_a_call_that_moves_is_told_anew_and_never_twice_for_the_same_time(
    make, cast, clock, reminded
) -> None:
    hana, ana, group_id = cast
    first = clock.now() + 4 * DAYS
    later = first + 3 * DAYS
    call_id = make.call(group_id, hana, seated=[ana])
    assert len(reminded(first - DAYS)) == 2
    move(make, call_id, hana, later)
    assert reminded(later - DAYS - timedelta(minutes=30)) == []
    assert len(reminded(later - DAYS)) == 2
    back = later + timedelta(hours=3)
    move(make, call_id, hana, back)
    move(make, call_id, hana, later)
    assert len(reminded(later - timedelta(minutes=30))) == 2  # the hour; the day was told


def test_a_call_that_moves_nearer_is_told_by_the_new_time(make, cast, clock, reminded) -> None:
    hana, ana, group_id = cast
    call_id = make.call(group_id, hana, seated=[ana])
    soon = clock.now() + timedelta(hours=5)
    move(make, call_id, hana, soon)
    assert len(reminded(soon - timedelta(minutes=30))) == 2  # not the day, which is over


def test_who_holds_it_now_is_reminded_and_who_handed_it_over_is_not(
    make, cast, clock, reminded
) -> None:
    hana, ana, group_id = cast
    make.appointed(group_id, hana, ana, frozenset({Role.FACILITATOR}))
    ana = make.actor(ana)
    starts_at = clock.now() + 4 * DAYS
    call_id = make.call(group_id, hana)
    make.held_together(call_id, hana, ana)
    assert {name for name, _ in reminded(starts_at - DAYS)} == {"Hana", "Ana"}
    make.done(lambda: holding.hand_over(hana, call_id, ana.id, now=clock.now()))
    make.done(lambda: holding.part(ana, call_id, now=clock.now()))
    assert {name for name, _ in reminded(starts_at)} == {"Ana"}


def test_what_would_be_said_in_the_night_is_said_before_it(
    app, make, cast, clock, reminded
) -> None:
    hana, ana, group_id = cast
    in_the_morning = clock.now() + 4 * DAYS - timedelta(hours=5)  # at seven
    make.call(group_id, hana, seated=[ana], starts_in=in_the_morning - clock.now())
    chosen(make, ana, EVERY_WAY)
    chosen(make, hana, dict.fromkeys(News, Ways(by_mail=False, by_bell=False)))
    reminded(in_the_morning)
    evening = in_the_morning.replace(hour=21, minute=45)
    assert told_at(app, clock, "call_comes") == [evening - 2 * DAYS, evening - DAYS]
    assert told_at(app, clock, "call_begins") == [in_the_morning]


def test_the_night_is_the_one_they_have_when_it_is_due(app, make, cast, clock, reminded) -> None:
    """Signed up in one place, and moved to another since."""
    hana, ana, group_id = cast
    starts_at = clock.now() + 4 * DAYS
    make.call(group_id, hana, seated=[ana])
    make.done(lambda: accounts_actions.rename(ana, "Ana", "America/New_York"))
    reminded(starts_at)
    # There it begins at seven in the morning: told before ten in the evening, which is three here.
    before_three = starts_at.replace(hour=2, minute=45)
    assert {before_three - DAYS, before_three} <= set(told_at(app, clock, "call_comes"))


def test_what_is_too_late_is_left_out_without_a_word(make, cast, clock, app, letters) -> None:
    hana, ana, group_id = cast
    make.call(group_id, hana, seated=[ana])
    before = letters()
    clock.pass_by(days=5)  # the site was down
    with app.app_context():
        remind(clock.now())
        assert letters() == before
        assert db.session.scalars(select(Reminder)).all() == []


def test_one_who_signs_up_when_its_time_is_over_is_not_reminded_of_what_they_just_did(
    make, cast, clock, reminded
) -> None:
    hana, ana, group_id = cast
    chosen(make, hana, dict.fromkeys(News, Ways(by_mail=False, by_bell=False)))
    starts_at = clock.now() + 4 * DAYS
    call_id = make.call(group_id, hana)
    clock.instant = starts_at - timedelta(minutes=40)
    make.signed_up(call_id, ana)
    assert reminded(starts_at) == []  # it begins: by the bell, as she has not chosen otherwise


def test_quiet_hours_of_ones_own_move_it(app, make, cast, clock, reminded) -> None:
    hana, ana, group_id = cast
    only_mail = {news: Ways(ways.by_mail, by_bell=False) for news, ways in UNCHOSEN.items()}
    starts_at = clock.now() + 4 * DAYS
    make.call(group_id, hana, seated=[ana])
    chosen(make, ana, only_mail, Quiet(time(10), time(13)))
    assert ("Ana", "call_comes") in reminded(starts_at - DAYS - timedelta(hours=2))


@pytest.mark.holds("promise:6")
def test_what_was_said_before_the_night_is_not_said_again_in_the_morning(
    make, cast, clock, reminded
) -> None:
    """She has another seat, and no quiet hours any more, since she was told."""
    hana, ana, group_id = cast
    at_seven = clock.now() + 4 * DAYS - timedelta(hours=5)
    call_id = make.call(group_id, hana, seated=[ana], starts_in=at_seven - clock.now())
    assert ("Ana", "call_comes") in reminded(at_seven - timedelta(hours=9))
    chosen(make, ana, UNCHOSEN, None)
    make.gave_up(call_id, ana)
    make.signed_up(call_id, ana)
    assert ("Ana", "call_comes") not in reminded(at_seven)


@pytest.mark.holds("promise:6")
def test_a_reminder_that_could_not_go_before_its_call_began_never_arrives(
    app, make, cast, clock, reminded, mail
) -> None:
    """As when no mail server answers: only that it begins is told, if that is not over too."""
    hana, ana, group_id = cast
    for person in (hana, ana):
        chosen(make, person, EVERY_WAY)
    starts_at = clock.now() + 4 * DAYS
    make.call(group_id, hana, seated=[ana])
    with app.app_context():
        post(clock.now())
        so_far = len(mail.kept)
        assert len(reminded(starts_at)) == 6  # nothing is sent meanwhile
        clock.instant = starts_at + timedelta(minutes=1)
        post(clock.now())
    subjects = [str(message["Subject"]) for message in mail.kept[so_far:]]
    assert subjects == ["Circles: 12:00 pm, as you planned"] * 2
