"""Who is looking at an item: for half an hour, seen by others, and in nobody’s way."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from community.core.actor import Staff
from community.core.db import db
from community.moderation import deciders
from community.moderation.claims.models import ItemClaim
from community.moderation.models import AuditEvent
from community.moderation.rules.case import IN_OTHER_HANDS, Claim, Outcome, actions_for, may_decide
from community.moderation.rules.claims import LEASE, may_claim, may_leave, may_pass_up
from community.moderation.rules.reasons import Scope
from tests.moderation.test_case_page import DECISION
from tests.moderation.test_rules import NOON, case, moderator, person
from tests.pages import plain, send

TAKEN_OVER = "Mori has taken this over, so nothing was sent."


@pytest.fixture
def item_id(cast, make, reply_id):
    return make.report(reply_id, cast.ben, "medical_claim")


@pytest.fixture
def page(item_id):
    return f"/moderation/{item_id}"


@pytest.mark.holds("moderation:4", "moderation:25")
def test_what_is_in_other_hands_stays_in_everybodys_count_and_waits_to_be_taken_over() -> None:
    mine, theirs = moderator(), moderator()
    free = case(mine.id, theirs.id)
    held = replace(free, claim=Claim(theirs.id, "Marta", NOON + LEASE))
    assert actions_for(held, mine, NOON) == actions_for(free, mine, NOON) != frozenset()
    assert may_decide(mine, held, Outcome.KEEP, held.version, NOON).reason is IN_OTHER_HANDS
    assert may_decide(theirs, held, Outcome.KEEP, held.version, NOON)
    assert may_claim(mine, held, NOON)
    assert may_decide(mine, held, Outcome.KEEP, held.version, NOON + LEASE)
    assert may_leave(theirs, held, NOON)
    assert not may_leave(mine, held, NOON)
    assert not may_leave(theirs, held, NOON + LEASE)


@pytest.mark.holds("moderation:1", "moderation:11")
def test_whoever_may_not_open_it_can_neither_look_nor_leave_nor_pass_it_up() -> None:
    author, reporter, stranger = moderator(), moderator(), person()
    mori = moderator()
    reporters = frozenset({reporter.id})
    own = case(author.id, reporter.id, mori.id, author=author.id, reporters=reporters)
    for each in (author, reporter, stranger):
        for may in (
            may_claim(each, own, NOON),
            may_leave(each, own, NOON),
            may_pass_up(each, own, own.version, NOON),
            may_pass_up(each, own, None, NOON),
        ):
            assert may.reason is not None
            assert may.reason.status == 404
    assert may_claim(mori, own, NOON)


def test_others_see_who_is_looking_and_can_take_it_over(cast, client_for, page, clock) -> None:
    mori, marta = client_for(cast.mori), client_for(cast.marta)
    assert "I’m looking at this" in mori.get(page).text
    assert send(mori, page, f"{page}/claim").location == page
    assert "You are, until 12:30 pm." in plain(mori.get(page))
    assert "You’re looking at it." in mori.get("/moderation").text
    seen = marta.get(page).text
    assert "Mori is, until" in seen
    assert "Send this decision" not in seen
    assert "Mori is looking at it." in marta.get("/moderation").text
    send(marta, page, f"{page}/claim")
    assert "Send this decision" in marta.get(page).text
    assert "Marta is, until" in mori.get(page).text


@pytest.mark.holds("moderation:3")
def test_what_was_typed_while_another_took_it_over_is_not_sent_and_not_lost(
    cast, make, client_for, page
) -> None:
    mori, marta = client_for(cast.mori), client_for(cast.marta)
    send(mori, page, f"{page}/claim")
    answer = send(marta, page, **DECISION)
    assert answer.status_code == 409
    assert TAKEN_OVER in plain(answer)
    assert DECISION["why"] in answer.text
    send(marta, page, f"{page}/claim")
    assert send(marta, page, **DECISION).status_code == 302
    with make.app.app_context():
        assert db.session.scalars(select(ItemClaim)).all() == []  # let go by the decision


def test_it_is_left_by_a_press_or_by_the_clock(cast, client_for, page, clock) -> None:
    mori, marta = client_for(cast.mori), client_for(cast.marta)
    send(mori, page, f"{page}/claim")
    assert send(mori, page, f"{page}/leave").location == "/moderation"
    assert "I’m looking at this" in marta.get(page).text
    assert send(mori, page, f"{page}/leave").status_code == 409
    send(mori, page, f"{page}/claim")
    clock.instant += LEASE
    assert "I’m looking at this" in marta.get(page).text


def test_a_groups_moderator_passes_it_up_for_good(cast, make, client_for, page, item_id) -> None:
    mori, pat = client_for(cast.mori), client_for(cast.pat)
    assert pat.get(page).status_code == 404
    assert "Pass it to the site’s moderators" in mori.get(page).text
    assert send(mori, page, f"{page}/pass-up").status_code == 422
    assert send(mori, page, f"{page}/pass-up", version="7").status_code == 409
    assert send(mori, page, f"{page}/pass-up", version="1").location == "/moderation"
    assert mori.get(page).status_code == 404
    seen = pat.get(page).text
    assert "Send this decision" in seen
    assert "Pass it to" not in seen
    assert send(pat, page, f"{page}/pass-up", version="2").status_code == 409
    with make.app.app_context():
        passed = select(AuditEvent).where(AuditEvent.action == "passed-up")
        written = db.session.scalars(passed).one()
        assert (written.before, written.after) == ("group", Scope.PLATFORM.value)


@pytest.mark.holds("moderation:2")
def test_it_isnt_passed_up_where_nobody_above_could_decide(
    cast, make, client_for, page, item_id
) -> None:
    above = make.done(lambda: deciders.of_groups((), make.clock.now()).site)
    for each in above:  # Ana wrote it
        make.kept_apart(make.actor(each), cast.ana)
    mori = client_for(cast.mori)
    assert "Pass it to the site’s moderators" not in mori.get(page).text
    answer = send(mori, page, f"{page}/pass-up", version="1")
    assert answer.status_code == 409
    assert "Nobody else could decide about this, so it stays with you." in plain(answer)
    assert mori.get(page).status_code == 200
    make.staff("Petra", Staff.PLATFORM_MODERATOR)
    assert send(mori, page, f"{page}/pass-up", version="1").location == "/moderation"


@pytest.mark.holds("promise:10", "moderation:11", "moderation:24")
def test_for_everybody_else_there_is_no_such_press_and_nothing_is_done_by_looking(
    cast, client_for, page
) -> None:
    for press in ("claim", "leave", "pass-up"):
        for who in (cast.ana, cast.ben, cast.stranger, cast.pat):
            browser = client_for(who)
            assert send(browser, "/calls", f"{page}/{press}", version="1").status_code == 404
        assert client_for(cast.mori).get(f"{page}/{press}").status_code == 405
        assert client_for(cast.mori).post(f"{page}/{press}").status_code == 400


def test_a_long_queue_that_many_look_at_costs_the_same(cast, make, client_for, cost) -> None:
    browser = client_for(cast.mori)
    spent = []
    for more in (1, 6):
        for _ in range(more):
            reply = make.reply(make.thread(cast.group_id, cast.ben), cast.ana)
            item = make.report(reply, cast.ben, "spam")
            send(browser, f"/moderation/{item}", f"/moderation/{item}/claim")
        cost.statements.clear()
        browser.get("/moderation")
        spent.append(int(cost))
    assert spent[0] == spent[1]
