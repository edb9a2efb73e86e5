"""A report can be taken back until somebody decides, and sent anew."""

from collections.abc import Callable
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from community.accounts.sanctions.rules import SanctionKind
from community.core.db import db
from community.core.verdict import Refused
from community.groups.claims import actor_of
from community.moderation import queries
from community.moderation.claims import actions as claim_actions
from community.moderation.models import AuditEvent, Report, ReportedWords, ReviewItem
from community.moderation.reports import actions
from community.moderation.rules.case import Outcome
from community.moderation.rules.reasons import Scope
from community.moderation.rules.reporting import DECIDED, LOOKED_AT, WORRIED
from community.moderation.sanctions.models import SanctionProposal
from community.moderation.sanctions.rules import PROPOSED
from tests.fakes import FrozenClock
from tests.make import Make
from tests.moderation.test_actions import count, queued
from tests.moderation.typed import TypedCircle
from tests.pages import send
from tests.threads.conftest import Cast

pytestmark = pytest.mark.holds("F:F84")

ClientFor = Callable[..., FlaskClient]


def take_back(make: Make, reporter_id: UUID, target_id: UUID, clock: FrozenClock) -> None:
    def done() -> None:
        actions.take_back(actor_of(reporter_id, now=clock.now()), target_id, now=clock.now())

    make.done(done)


def refusal(make: Make, reporter_id: UUID, target_id: UUID, clock: FrozenClock) -> object:
    with pytest.raises(Refused) as refused:
        take_back(make, reporter_id, target_id, clock)
    return refused.value.reason


def the_item(make: Make, item_id: UUID) -> tuple[str, Scope, int, bool]:
    def look() -> tuple[str, Scope, int, bool]:
        item = db.session.get_one(ReviewItem, item_id)
        return item.reason, item.scope, item.version, item.closed_at is None

    return make.done(look)


def test_the_last_report_taken_back_closes_it_undecided_and_writes_that_down(
    cast: Cast, make: Make, reply_id: UUID, clock: FrozenClock, letters: Callable[[], list[object]]
) -> None:
    item_id = make.report(reply_id, cast.ben)
    clock.pass_by(days=3)  # there is no hurry
    take_back(make, cast.ben.id, reply_id, clock)
    assert queued(make, cast.mori.id, clock) == ([], 0)
    assert the_item(make, item_id)[3] is False
    assert letters() == []
    written = make.done(
        lambda: [
            (each.actor_id, each.action, each.before, each.after)
            for each in db.session.scalars(select(AuditEvent))
        ]
    )
    assert written == [(cast.ben.id, "taken-back", "open", "closed")]


def test_what_others_reported_stays_under_their_reasons(
    cast: Cast, make: Make, reply_id: UUID, clock: FrozenClock
) -> None:
    item_id = make.report(reply_id, cast.hana, "spam")
    make.report(reply_id, cast.ben, "threat_other")
    assert the_item(make, item_id)[:2] == ("threat_other", Scope.PLATFORM)
    take_back(make, cast.ben.id, reply_id, clock)
    assert the_item(make, item_id) == ("spam", Scope.PLATFORM, 3, True)  # those above have seen it
    page = make.done(
        lambda: queries.case_page(actor_of(cast.pat.id, now=clock.now()), item_id, clock.now())
    )
    assert [each.reason.id for each in page.reports] == ["spam"]
    assert page.item.case.reports == 1


@pytest.mark.holds("moderation:1")
def test_whoever_took_a_report_back_still_doesnt_decide_about_it(
    cast: Cast, make: Make, reply_id: UUID, clock: FrozenClock
) -> None:
    item_id = make.report(reply_id, cast.ben)
    make.report(reply_id, cast.mori)
    take_back(make, cast.mori.id, reply_id, clock)
    assert queued(make, cast.mori.id, clock) == ([], 1)
    assert queued(make, cast.marta.id, clock)[0] == [item_id]
    with pytest.raises(Refused):
        make.decision(item_id, cast.mori, Outcome.KEEP)


@pytest.mark.parametrize("outcome", [Outcome.HIDE, Outcome.KEEP])
def test_once_somebody_has_decided_it_stays(
    cast: Cast, make: Make, reply_id: UUID, clock: FrozenClock, outcome: Outcome
) -> None:
    item_id = make.report(reply_id, cast.ben)
    make.decision(item_id, cast.mori, outcome)
    assert refusal(make, cast.ben.id, reply_id, clock) == DECIDED


@pytest.mark.holds("moderation:19")
def test_the_same_person_can_report_it_anew(
    cast: Cast, make: Make, reply_id: UUID, clock: FrozenClock
) -> None:
    first = make.report(reply_id, cast.ben, "spam")
    take_back(make, cast.ben.id, reply_id, clock)
    second = make.report(reply_id, cast.ben, "harassment")
    assert second not in {None, first}
    assert the_item(make, second)[0] == "harassment"

    make.report(reply_id, cast.hana)
    take_back(make, cast.ben.id, reply_id, clock)
    assert make.report(reply_id, cast.ben, "threat_other") == second  # in the same place
    assert the_item(make, second)[0] == "threat_other"
    assert count(make, Report) == 3


def test_nobody_takes_back_what_they_didnt_report(
    cast: Cast, make: Make, reply_id: UUID, clock: FrozenClock
) -> None:
    make.report(reply_id, cast.ben)
    for other in (cast.hana, cast.ana, cast.stranger):
        reason = refusal(make, other.id, reply_id, clock)
        assert getattr(reason, "status", None) == 404
    take_back(make, cast.ben.id, reply_id, clock)
    assert getattr(refusal(make, cast.ben.id, reply_id, clock), "status", None) == 404


def test_one_press_on_the_page_that_thanks_takes_it_back(
    cast: Cast, make: Make, client_for: ClientFor, reply_id: UUID
) -> None:
    browser, page = client_for(cast.ben), f"/posts/{reply_id}/reported"
    make.report(reply_id, cast.ben)
    assert "Take this report back" in browser.get(page).text
    answer = send(browser, page)
    assert answer.status_code == 302
    assert "Your report is taken back." in browser.get(answer.location).text
    assert browser.get(page).status_code == 404
    assert send(client_for(cast.stranger), "/sign-in", page).status_code == 404
    assert send(client_for(), "/sign-in", page).status_code == 403


def test_once_it_is_decided_the_page_offers_it_no_more(
    cast: Cast, make: Make, client_for: ClientFor, reply_id: UUID
) -> None:
    item_id = make.report(reply_id, cast.ben)
    make.decision(item_id, cast.mori, Outcome.KEEP)
    browser, page = client_for(cast.ben), f"/posts/{reply_id}/reported"
    assert "Take this report back" not in browser.get(page).text
    assert send(browser, "/home", page).status_code == 409


@pytest.mark.holds("moderation:3")
def test_a_moderator_who_was_about_to_decide_is_told_and_sends_nothing(
    cast: Cast, make: Make, client_for: ClientFor, reply_id: UUID, clock: FrozenClock
) -> None:
    item_id = make.report(reply_id, cast.ben)
    take_back(make, cast.ben.id, reply_id, clock)
    browser = client_for(cast.mori)
    answer = send(
        browser,
        f"/moderation/{item_id}",
        outcome="keep",
        rule="medicine",
        why="It fits what we ask.",
        version="1",
    )
    assert answer.status_code == 409
    assert "so there’s nothing to decide" in answer.text
    page = browser.get(f"/moderation/{item_id}").text
    assert "Whoever reported it has taken that back." in page
    assert "Taken back" in page


def test_typed_words_that_nobody_opened_are_erased_with_the_last_report(
    circle: TypedCircle, make: Make, clock: FrozenClock
) -> None:
    circle.gathered()
    share_id = circle.typed()
    circle.report(share_id, circle.ben)
    take_back(make, circle.ben.id, share_id, clock)
    assert count(make, ReportedWords) == 0
    assert circle.report(share_id, circle.ben) is not None  # anew, while the circle is on
    assert count(make, ReportedWords) == 1


def test_typed_words_that_a_moderator_has_opened_are_decided(
    circle: TypedCircle, make: Make, clock: FrozenClock
) -> None:
    circle.gathered()
    share_id = circle.typed()
    item_id = circle.report(share_id, circle.ben)
    assert item_id is not None
    assert circle.browsers["Mori"].get(f"/moderation/{item_id}").status_code == 200
    assert refusal(make, circle.ben.id, share_id, clock) == LOOKED_AT
    thanks = f"/circles/{circle.call_id}/reported/{share_id}"
    page = circle.browsers["Ben"].get(thanks).text
    assert "Take this report back" not in page
    assert circle.post("Ben", thanks, {}).status_code == 409


def test_from_the_page_beside_a_circle_too_also_when_it_is_over(
    circle: TypedCircle, make: Make
) -> None:
    circle.gathered()
    share_id = circle.typed()
    circle.report(share_id, circle.ben)
    circle.end()
    thanks = f"/circles/{circle.call_id}/reported/{share_id}"
    assert "Take this report back" in circle.browsers["Ben"].get(thanks).text
    assert circle.post("Ben", thanks, {}).status_code == 302
    assert count(make, ReportedWords) == 0


# What goes on all the same


@pytest.mark.holds("moderation:17")
def test_worry_about_somebody_is_closed_by_care_and_not_by_whoever_reported_it(
    cast: Cast, make: Make, client_for: ClientFor, reply_id: UUID, clock: FrozenClock
) -> None:
    item_id = make.report(reply_id, cast.ben, "crisis_self")
    assert refusal(make, cast.ben.id, reply_id, clock) == WORRIED
    browser, page = client_for(cast.ben), f"/posts/{reply_id}/reported"
    assert "Take this report back" not in browser.get(page).text
    assert send(browser, "/home", page).status_code == 409
    make.report(reply_id, cast.hana, "spam")
    assert refusal(make, cast.ben.id, reply_id, clock) == WORRIED  # spam could be left as it is
    make.report(reply_id, make.owner(cast.group_id), "crisis_self")
    take_back(make, cast.ben.id, reply_id, clock)
    assert the_item(make, item_id)[0] == "crisis_self"
    assert the_item(make, item_id)[3] is True


def test_the_last_report_stays_while_something_is_proposed_on_it(
    cast: Cast, make: Make, reply_id: UUID, clock: FrozenClock
) -> None:
    item_id = make.report(reply_id, cast.ben, "stop_treatment")
    make.report(reply_id, cast.hana, "stop_treatment")
    make.sanction(item_id, cast.mori, SanctionKind.BAN, 90, version=1)
    take_back(make, cast.hana.id, reply_id, clock)
    assert refusal(make, cast.ben.id, reply_id, clock) == PROPOSED
    asked = make.done(lambda: db.session.scalars(select(SanctionProposal.id)).one())
    make.answered(asked, make.owner(cast.group_id), agree=False)
    take_back(make, cast.ben.id, reply_id, clock)
    assert the_item(make, item_id)[3] is False


@pytest.mark.holds("moderation:1")
def test_what_went_up_stays_up_when_a_report_is_taken_back(
    cast: Cast, make: Make, reply_id: UUID, clock: FrozenClock
) -> None:
    item_id = make.report(reply_id, cast.hana, "spam")
    make.report(reply_id, cast.ben, "medical_claim")
    make.done(
        lambda: claim_actions.pass_up(
            actor_of(cast.mori.id, now=clock.now()), item_id, 2, now=clock.now()
        )
    )
    take_back(make, cast.ben.id, reply_id, clock)
    assert the_item(make, item_id)[:2] == ("spam", Scope.PLATFORM)
    assert queued(make, cast.mori.id, clock) == ([], 0)
