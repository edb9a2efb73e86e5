"""Letters that wait for somebody who may no longer read what they are about never go."""

from dataclasses import replace
from functools import partial
from uuid import uuid4

import pytest
from sqlalchemy import select

from community.accounts.sanctions.rules import SanctionKind
from community.admin import actions as admin_actions
from community.core.actor import Role, Staff
from community.core.db import db
from community.core.letters import OutboxLetter
from community.moderation.help.rules import HelpAsked
from community.moderation.rules.letters import OpinionAsked
from community.notifications.actions import tell
from community.notifications.rules import News
from community.threads.rules.letters import ThreadAnswered

HERE, ELSEWHERE = "Neck, evenings", "Voice"


@pytest.fixture
def told(app, make, clock):
    """Letters of both kinds, of this group and of another; they haven’t gone yet."""

    def about(account_id, thread_id) -> None:
        for group in (HERE, ELSEWHERE):
            for letter in (HelpAsked(clock.now(), group), OpinionAsked(uuid4(), group)):
                make.done(partial(tell, account_id, letter, now=clock.now()))
        choose = {"about": News.GROUPS, "now": clock.now()}  # which comes by letter
        make.done(partial(tell, account_id, ThreadAnswered(thread_id), **choose))

    return about


@pytest.fixture
def waiting(app):
    """What still waits for this address: kinds, with the group they name."""

    def to(email: str) -> list[tuple[str, str]]:
        with app.app_context():
            rows = db.session.scalars(select(OutboxLetter).where(OutboxLetter.address == email))
            return sorted(
                (row.kind.split("/")[1], row.facts.get("group") or row.facts.get("group_name", ""))
                for row in rows
                if row.kind.split("/")[1] in {"help_asked", "opinion_asked", "thread_answered"}
            )

    return to


ALL = sorted(
    [(kind, group) for kind in ("help_asked", "opinion_asked") for group in (HERE, ELSEWHERE)]
    + [("thread_answered", "")]
)
OF_ELSEWHERE = [one for one in ALL if one[1] != HERE]


@pytest.mark.holds("moderation:15")
def test_whoever_moderates_a_group_no_more_hears_nothing_of_what_moderators_do_in_it(
    make, told, waiting
) -> None:
    ellen, mo = make.member("Ellen"), make.member("Mo", email="mo@example.org")
    group_id = make.group(HERE, owner=ellen)
    ellen = make.actor(ellen)
    make.joined(group_id, mo, ellen)
    appoint = partial(make.appointed, group_id, ellen, mo)
    appoint(frozenset({Role.MODERATOR}))
    told(mo.id, make.thread(group_id, ellen))
    appoint(frozenset({Role.MODERATOR, Role.FACILITATOR}))
    assert waiting("mo@example.org") == ALL
    appoint(frozenset({Role.FACILITATOR}))
    assert waiting("mo@example.org") == OF_ELSEWHERE


@pytest.mark.holds("moderation:15")
def test_whoever_moderates_the_site_no_more_hears_nothing_of_any_group(
    make, clock, told, waiting
) -> None:
    pat = make.member("Pat", email="pat@example.org")
    ada = make.actor(make.staff("Ada", Staff.ADMIN))
    group_id = make.group(HERE, owner=ada)
    just_in = replace(ada, signed_in_at=clock.now())
    for role in (Staff.PLATFORM_MODERATOR, Staff.ADMIN):
        make.done(partial(admin_actions.give_role, just_in, pat.id, role, now=clock.now()))
    told(pat.id, make.thread(group_id, ada))
    take = partial(admin_actions.take_role, just_in, pat.id)
    make.done(partial(take, Staff.ADMIN, now=clock.now()))
    assert waiting("pat@example.org") == ALL
    make.done(partial(take, Staff.PLATFORM_MODERATOR, now=clock.now()))
    assert waiting("pat@example.org") == [("thread_answered", "")]


@pytest.mark.holds("moderation:15")
@pytest.mark.parametrize(
    ("kind", "days", "left"),
    [
        (SanctionKind.MUTE, 7, ALL),
        (SanctionKind.BAN, 90, [one for one in OF_ELSEWHERE if one[0] != "thread_answered"]),
        (SanctionKind.SUSPEND, 30, []),
    ],
)
def test_whoever_is_kept_away_from_a_group_hears_nothing_of_it_but_what_was_decided(
    app, cast, make, clock, told, waiting, kind, days, left
) -> None:
    email = "ana@example.org"
    thread_id = make.thread(cast.group_id, cast.ben)
    reply_id = make.reply(thread_id, cast.ana)
    told(cast.ana.id, thread_id)
    item_id = make.report(reply_id, cast.ben, "sexual")
    make.sanction(item_id, cast.pat, kind, days)
    assert waiting(email) == left
    with app.app_context():
        kinds = db.session.scalars(select(OutboxLetter.kind).where(OutboxLetter.address == email))
        assert "moderation/person_decided" in set(kinds)


def test_another_threads_news_still_comes(cast, make, told, waiting) -> None:
    email = "ana@example.org"
    told(cast.ana.id, make.thread(make.everyone(), cast.ben))
    reply_id = make.reply(make.thread(cast.group_id, cast.ben), cast.ana)
    item_id = make.report(reply_id, cast.ben, "sexual")
    make.sanction(item_id, cast.pat, SanctionKind.BAN, 90)
    assert ("thread_answered", "") in waiting(email)
