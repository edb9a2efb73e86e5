"""Opening, joining, leaving and roles, on a real database."""

import pytest
from sqlalchemy import func, select

from community.core.actor import Role, Staff
from community.core.db import db
from community.core.verdict import NOT_FOUND, NOT_YOURS, STALE
from community.groups import actions, queries
from community.groups.models import Group
from community.groups.rules import (
    ALREADY_ASKED,
    HAND_OVER_FIRST,
    NOT_ABOUT_YOURSELF,
    NOT_FOR_YOURSELF,
)
from tests.refusals import refusal


def test_everyone_is_made_once(make, app) -> None:
    assert make.everyone() == make.everyone()
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Group)) == 1


def test_every_member_belongs_to_everyone_without_a_row(make) -> None:
    ana = make.member("Ana")
    assert ana.belongs_to(make.everyone())
    assert not make.arriving("noor@example.org").belongs_to(make.everyone())


def test_the_asker_owns_what_is_opened_and_hears_of_it(make, clock, letters) -> None:
    ana, lee = make.member("Ana"), make.staff("Lee", Staff.PLATFORM_MODERATOR)
    now = clock.now()
    group_id = make.done(lambda: actions.ask_to_open(ana, "Tea", "Tea and talk.", "Why?", now=now))
    assert not make.actor(ana).belongs_to(group_id)
    make.done(lambda: actions.decide_opening(lee, group_id, "Lovely.", approve=True, now=now))
    assert make.actor(ana).owns(group_id)
    assert letters() == [("Ana", "group_opened")]


@pytest.mark.holds("promise:8")
def test_what_is_declined_stays_closed_and_its_asker_hears_why(make, clock, letters, app) -> None:
    ana, lee = make.member("Ana"), make.staff("Lee", Staff.PLATFORM_MODERATOR)
    now = clock.now()
    group_id = make.done(lambda: actions.ask_to_open(ana, "Tea", "Tea and talk.", "Why?", now=now))
    make.done(lambda: actions.decide_opening(lee, group_id, "Not yet.", approve=False, now=now))
    assert not make.actor(ana).belongs_to(group_id)
    assert letters() == [("Ana", "group_declined")]
    with app.app_context():
        assert refusal(lambda: queries.open_group(group_id)) is NOT_FOUND


@pytest.mark.holds("promise:8")
def test_nobody_opens_their_own_group(make, clock) -> None:
    lee = make.staff("Lee", Staff.PLATFORM_MODERATOR)
    now = clock.now()
    group_id = make.done(lambda: actions.ask_to_open(lee, "Tea", "Tea and talk.", "Why?", now=now))

    def decide() -> None:
        make.done(lambda: actions.decide_opening(lee, group_id, "Yes.", approve=True, now=now))

    assert refusal(decide) is NOT_ABOUT_YOURSELF


def test_who_was_refused_may_ask_again(make, clock, cast, letters, app) -> None:
    def ask() -> None:
        make.done(lambda: actions.ask_to_join(cast.ben, cast.group_id, "Hello", now=clock.now()))

    ask()
    assert refusal(ask) is ALREADY_ASKED
    with app.app_context():
        (knock,) = queries.knocks(cast.group_id)
    make.done(
        lambda: actions.decide_joining(
            cast.mori, knock.id, "We’re full.", approve=False, now=clock.now()
        )
    )
    ask()
    assert letters() == [("Ben", "joining_refused")]
    assert not make.actor(cast.ben).belongs_to(cast.group_id)


@pytest.mark.holds("asvs:7")
def test_two_who_decide_the_same_thing_decide_it_once(make, clock, cast, letters, app) -> None:
    make.done(lambda: actions.ask_to_join(cast.ben, cast.group_id, "Hello", now=clock.now()))
    with app.app_context():
        (knock,) = queries.knocks(cast.group_id)

    def decide(who, words: str, *, approve: bool) -> None:
        now = clock.now()
        make.done(lambda: actions.decide_joining(who, knock.id, words, approve=approve, now=now))

    decide(cast.hana, "Come.", approve=True)
    assert refusal(lambda: decide(cast.mori, "No.", approve=False)) is STALE
    assert letters() == [("Ben", "joining_approved")]
    assert make.actor(cast.ben).belongs_to(cast.group_id)


def test_the_last_owner_hands_over_before_leaving(make, clock, cast) -> None:
    def leave() -> None:
        make.done(lambda: actions.leave(cast.hana, cast.group_id, now=make.clock.now()))

    assert refusal(leave) is HAND_OVER_FIRST
    make.appointed(cast.group_id, cast.hana, cast.ana, frozenset({Role.OWNER}))
    leave()
    assert not make.actor(cast.hana).belongs_to(cast.group_id)
    assert make.actor(cast.ana).owns(cast.group_id)


def test_leaving_is_quiet(make, cast, letters) -> None:
    make.done(lambda: actions.leave(cast.ana, cast.group_id, now=make.clock.now()))
    assert not make.actor(cast.ana).belongs_to(cast.group_id)
    assert letters() == []


def test_the_last_owner_stays_one(make, cast) -> None:
    roles = frozenset({Role.FACILITATOR})
    refused = refusal(lambda: make.appointed(cast.group_id, cast.hana, cast.hana, roles))
    assert refused is HAND_OVER_FIRST


def test_roles_are_held_side_by_side_and_taken_again(make, cast) -> None:
    both = frozenset({Role.FACILITATOR, Role.MODERATOR})
    make.appointed(cast.group_id, cast.hana, cast.ana, both)
    ana = make.actor(cast.ana)
    assert ana.facilitates(cast.group_id)
    assert ana.moderates(cast.group_id)
    assert not ana.owns(cast.group_id)
    make.appointed(cast.group_id, cast.hana, cast.ana, frozenset())
    assert make.actor(cast.ana).roles[cast.group_id] == {Role.MEMBER}


def test_only_members_are_appointed(make, cast) -> None:
    roles = frozenset({Role.MODERATOR})
    refused = refusal(lambda: make.appointed(cast.group_id, cast.hana, cast.ben, roles))
    assert refused is NOT_FOUND


def test_an_admin_appoints_in_the_built_in_group_and_nobody_owns_it(make, cast) -> None:
    admin, everyone = make.staff("Lee", Staff.ADMIN), make.everyone()
    make.appointed(everyone, admin, cast.ben, frozenset({Role.FACILITATOR, Role.OWNER}))
    ben = make.actor(cast.ben)
    assert ben.facilitates(everyone)
    assert not ben.owns(everyone)
    roles = frozenset({Role.FACILITATOR})
    assert refusal(lambda: make.appointed(everyone, cast.hana, cast.ana, roles)) is NOT_YOURS


@pytest.mark.holds("promise:8")
def test_nobody_raises_themselves_not_even_an_owner_or_an_admin(make, cast) -> None:
    both = frozenset({Role.OWNER, Role.MODERATOR})
    admin, moderating = make.staff("Lee", Staff.ADMIN), frozenset({Role.MODERATOR})
    for group_id, who, roles in (
        (cast.group_id, cast.hana, both),
        (make.everyone(), admin, moderating),
    ):
        refused = refusal(lambda: make.appointed(group_id, who, who, roles))  # noqa: B023
        assert refused is NOT_FOR_YOURSELF


def test_a_change_of_roles_is_kept_and_told_to_whom_it_is_about(make, cast, letters, app) -> None:
    make.appointed(cast.group_id, cast.hana, cast.ana, frozenset({Role.FACILITATOR}))
    make.appointed(cast.group_id, cast.hana, cast.ana, frozenset({Role.FACILITATOR}))
    make.appointed(cast.group_id, cast.hana, cast.ana, frozenset())
    assert letters() == [("Ana", "roles_changed")] * 2
    with app.app_context():
        kept = queries.role_changes(cast.group_id, cast.ana.id)
    assert [(one.by, one.roles) for one in kept] == [
        ("Hana", {Role.MEMBER}),
        ("Hana", {Role.MEMBER, Role.FACILITATOR}),
    ]


def test_whoever_gives_up_a_role_of_their_own_gets_no_letter(make, cast, letters) -> None:
    make.appointed(cast.group_id, cast.hana, cast.hana, frozenset({Role.OWNER}))
    assert letters() == []
    assert not make.actor(cast.hana).facilitates(cast.group_id)
