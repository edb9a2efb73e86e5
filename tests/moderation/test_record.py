"""The record: in which role somebody acted, by which request; and who changed roles and lists."""

import re
from dataclasses import replace
from functools import partial

import pytest
from sqlalchemy import select

from community.core.actor import Bounds, Role, Staff
from community.core.db import db
from community.groups import actions as groups_actions
from community.groups.rules import HoldPolicy
from community.moderation.models import AuditEvent
from community.moderation.record.rules import acted_for, role_of
from community.moderation.rules.case import Outcome
from community.moderation.rules.reasons import Scope
from community.privacy.leaving import actions as leaving
from community.threads.parting.rules import Words
from tests.pages import plain, send

RECORD = "/moderation/record"


@pytest.fixture
def ada(make):
    return make.staff("Ada", Staff.ADMIN)


@pytest.fixture
def written(app):
    """What the record has of this action, the newest last."""

    def of(action: str) -> list[AuditEvent]:
        with app.app_context():
            query = select(AuditEvent).where(AuditEvent.action == action)
            return list(db.session.scalars(query.order_by(AuditEvent.id)))

    return of


def test_all_that_somebody_was_where_they_acted_is_their_role(make, cast) -> None:
    hana, pat, ana = make.actor(cast.hana), make.actor(cast.pat), make.actor(cast.ana)
    group = cast.group_id
    assert role_of(hana, group, Scope.GROUP) == "facilitator"
    assert role_of(hana, None, Scope.PLATFORM) == "member"
    assert role_of(pat, group, Scope.PLATFORM) == "platform_moderator"
    assert role_of(ana, group, Scope.GROUP) == "member"
    both = replace(pat, staff=frozenset({Staff.ADMIN, Staff.SAFETY_LEAD}))
    assert role_of(both, group, Scope.PLATFORM) == "admin safety_lead"
    mori = make.actor(cast.mori)
    assert (acted_for(mori, group), acted_for(pat, group)) == (Scope.GROUP, Scope.PLATFORM)
    assert acted_for(mori, None) is Scope.PLATFORM


@pytest.mark.holds("moderation:12")
def test_a_decision_is_written_down_with_role_and_request(
    cast, make, client_for, reply_id, written
) -> None:
    item_id = make.report(reply_id, cast.ben, "stop_treatment")
    page = f"/moderation/{item_id}"
    browser = client_for(cast.mori)
    version = re.search(r'name="version"[^>]*value="(\d+)"', browser.get(page).text)
    assert version
    send(
        browser, page, outcome="remove", rule="medicine", why="It is dangerous.",
        version=version[1],
    )  # fmt: skip
    (event,) = written("remove")
    assert event.role_at_time == "moderator"
    assert re.fullmatch("[0-9a-f]{12}", event.request_id)
    looked = written("read")
    assert looked
    assert all(each.request_id != event.request_id for each in looked)
    make.decision(make.report(make.reply(make.thread(cast.group_id, cast.ben), cast.ana),
        cast.ben, "spam"), cast.mori, Outcome.KEEP)  # fmt: skip
    assert written("keep")[0].request_id is None  # no request did it


@pytest.mark.holds("moderation:12")
def test_who_changed_what_somebody_does_for_the_site(make, client_for, ada, written) -> None:
    ana, browser = make.member("Ana", email="ana@example.org"), client_for(ada)
    give = {"email": "ana@example.org", "role": "safety_lead"}
    send(browser, "/admin/staff", **give)
    send(browser, "/admin/staff", **give)  # which changes nothing
    send(browser, "/admin/staff", f"/admin/staff/{ana.id}/safety_lead/take")
    acts = [(each.before, each.after, each.item_id, each.role_at_time, each.group_id)
        for each in written("staff-changed")]  # fmt: skip
    assert acts == [
        ("", "safety_lead", ana.id, "admin", None),
        ("safety_lead", "", ana.id, "admin", None),
    ]
    seen = plain(browser.get(f"{RECORD}?action=staff-changed"))
    assert "Changed what somebody does for the site" in seen
    assert "– → safety_lead. As: admin. Request " in seen


@pytest.mark.holds("moderation:12")
def test_who_changed_what_somebody_is_in_a_group_and_whose_posts_are_read_first(
    make, cast, written
) -> None:
    group_id = make.group("Mornings", owner=cast.hana)
    hana = make.actor(cast.hana)
    make.joined(group_id, cast.ben, hana)
    make.appointed(group_id, hana, cast.ben, frozenset({Role.MODERATOR}))
    (event,) = [each for each in written("roles-changed") if each.item_id == cast.ben.id]
    assert (event.before, event.after) == ("member", "member moderator")
    assert (event.actor_id, event.acted_for) == (cast.hana.id, Scope.GROUP)
    assert (event.group_id, event.role_at_time) == (group_id, "facilitator owner")
    for _ in range(2):  # of which the second changes nothing
        hana, now = make.actor(cast.hana), make.clock.now()
        choose = partial(groups_actions.choose_holds, hana, group_id, HoldPolicy.ALL, now=now)
        make.done(choose)
    (event,) = written("holds-chosen")
    assert (event.after, event.item_id) == ("all", group_id)


@pytest.mark.holds("moderation:12")
def test_roles_that_go_with_whoever_leaves_and_to_whom_the_group_is_handed(
    make, cast, written
) -> None:
    group_id = make.group("Mornings", owner=cast.hana, moderators=[cast.ben], members=[cast.ana])
    now, kept_out = make.clock.now(), Bounds(is_suspended=True)  # and can’t hand it over herself
    hana = replace(make.actor(cast.hana), signed_in_at=now, bounds=kept_out)
    before = len(written("roles-changed"))
    make.done(lambda: leaving.leave(hana, Words.STAY, now=now))
    of_group = [each for each in written("roles-changed")[before:] if each.group_id == group_id]
    assert {(each.item_id, each.before, each.after) for each in of_group} == {
        (cast.ben.id, "member moderator", "member moderator owner"),
        (cast.hana.id, "facilitator member owner", "member"),
    }
    assert {each.actor_id for each in of_group} == {hana.id}
    make.appointed(group_id, make.actor(cast.ben), cast.ana, frozenset({Role.OWNER}))
    ben = make.actor(cast.ben)
    make.done(lambda: groups_actions.leave(ben, group_id, now=now))
    gone = written("roles-changed")[-1]
    assert (gone.item_id, gone.before, gone.after) == (ben.id, "member moderator owner", "")


@pytest.mark.holds("moderation:12")
def test_who_changed_a_list_of_words_and_no_word_of_it(client_for, cast, ada, written) -> None:
    send(client_for(cast.pat), "/moderation/words", kind="spam", phrase="heronz for sale")
    send(
        client_for(cast.pat), "/moderation/words", "/moderation/words/spam/leave-out",
        phrase="heronz for sale",
    )  # fmt: skip
    (added,), (left,) = written("watched"), written("left-out")
    assert added.item_id == left.item_id
    assert (added.after, added.role_at_time) == ("spam", "platform_moderator")
    seen = plain(client_for(ada).get(f"{RECORD}?item={added.item_id}"))
    assert "Left a phrase out of a list of watched words" in seen
    assert "heronz" not in seen
