"""What a moderator comes upon is decided as if somebody else had reported it, without a report."""

import re
from uuid import UUID

import pytest
from sqlalchemy import select

from community.accounts.sanctions.models import Sanction
from community.accounts.sanctions.rules import SanctionKind
from community.core.actor import Staff
from community.core.db import db
from community.moderation.actions import Choice
from community.moderation.models import AuditEvent, Decision, ReviewItem
from community.moderation.own import deciding
from community.moderation.own.rules import FOR_OTHERS, GROUPS, UNNAMED, WAS_LEFT
from community.moderation.rules.case import HIDING, Outcome, Source
from community.moderation.rules.reasons import Scope, Severity
from community.moderation.rules.reporting import DECIDED
from community.safety.blocks import actions as blocks
from community.threads import actions as threads_actions
from community.threads.rules.posts import PostState
from community.threads.taken_back import actions as taken_back_actions
from tests.moderation.test_actions import state
from tests.pages import plain, send, send_as_seen
from tests.refusals import refusal

WHY = "Only a prescriber can say that."
TYPED = {"about": "other", "rule": "medicine", "why": WHY, "passages": "", "note": ""}


def page_of(post_id: UUID) -> str:
    return f"/posts/{post_id}/look-after"


def chosen(browser, post_id, outcome, version="1", **more):
    what = {**TYPED, "outcome": outcome, "version": version, **more}
    return send(browser, page_of(post_id), **what)


def only(make, model):
    with make.app.app_context():
        return db.session.scalars(select(model)).one()


def by(make, clock, who, post_id, outcome=Outcome.HIDE, about="other", version=1) -> None:
    choice = Choice(outcome, "medicine", WHY, "", version)
    make.done(lambda: deciding.decide(who, post_id, about, choice, now=clock.now()))


@pytest.mark.holds("moderation:6", "promise:8")
@pytest.mark.parametrize(
    ("outcome", "after", "letter"),
    [
        ("hide", PostState.HIDDEN, "post_decided"),
        ("return", PostState.RETURNED, "post_returned"),
        ("remove", PostState.REMOVED, "post_decided"),
    ],
)
def test_it_is_a_decision_with_a_whole_statement_that_says_who_noticed(
    cast, make, client_for, letters, arrived, reply_id, outcome, after, letter
) -> None:
    mori, ana = client_for(cast.mori), client_for(cast.ana)
    thread = f"/threads/{make.thread_of(reply_id)}"
    assert f'href="{page_of(reply_id)}"' in mori.get(thread).text
    told = len(letters())
    assert chosen(mori, reply_id, outcome).location == thread
    assert state(make, reply_id) is after
    made = only(make, Decision)
    assert (made.outcome, made.source, made.automated) == (Outcome(outcome), Source.OWN, False)
    assert letters()[told:] == [("Ana", letter)]
    read = plain(ana.get(f"/posts/{reply_id}/statement"))
    ((_, written),) = arrived("ana@example.org")
    for words in (read, " ".join(written.split())):
        assert WHY in words
        assert "A moderator came upon it. Nobody reported it." in words
        assert "reported it, and somebody read" not in words
        assert "Reported as" not in words
        assert "another look" in words.lower()
    assert f"/posts/{reply_id}/statement" in written
    mine = plain(ana.get("/who-can-see"))
    assert "A moderator of the group came upon it." in mine
    assert "came upon it" not in plain(client_for(cast.ben).get("/who-can-see"))


@pytest.mark.holds("moderation:12")
def test_the_record_says_that_nobody_had_reported_it(cast, make, client_for, reply_id) -> None:
    chosen(client_for(cast.mori), reply_id, "remove")
    acts = make.done(
        lambda: db.session.scalars(select(AuditEvent.action).order_by(AuditEvent.id)).all()
    )
    assert acts[-2:] == ["came-upon", "remove"]
    admin = client_for(make.staff("Ada", Staff.ADMIN))
    assert "Began with something that nobody had reported" in plain(admin.get("/moderation/record"))


@pytest.mark.holds("moderation:13")
@pytest.mark.parametrize(
    ("about", "comes_back", "scope"),
    [
        ("other", True, Scope.GROUP),
        ("harassment", False, Scope.GROUP),
        ("stop_treatment", False, Scope.BOTH),
        ("threat_other", False, Scope.PLATFORM),
    ],
)
def test_hidden_it_waits_in_the_queue_where_a_report_of_it_would_for_as_long(
    cast, make, clock, client_for, reply_id, about, comes_back, scope
) -> None:
    assert chosen(client_for(cast.mori), reply_id, "hide", about=about).status_code == 302
    item, made = only(make, ReviewItem), only(make, Decision)
    assert (item.closed_at, item.reason, item.scope) == (None, about, scope)
    assert made.hidden_until == (clock.now() + HIDING if comes_back else None)
    where = f"/moderation/{item.id}"
    assert (where in client_for(cast.marta).get("/moderation").text) is (
        scope is not Scope.PLATFORM
    )
    assert (where in client_for(cast.pat).get("/moderation").text) is (scope is not Scope.GROUP)
    assert where not in client_for(cast.ana).get("/moderation").text


def test_the_item_is_as_any_other_from_then_on(cast, make, clock, client_for, reply_id) -> None:
    chosen(client_for(cast.mori), reply_id, "hide")
    item_id = only(make, ReviewItem).id
    page = plain(client_for(cast.marta).get(f"/moderation/{item_id}"))
    assert "Nobody had reported it." in page
    assert "What was reported" not in page
    assert (
        make.done(lambda: taken_back_actions.take_back(cast.ana, reply_id, now=clock.now())) is None
    )
    make.decision(item_id, cast.marta, Outcome.KEEP, version=2)
    assert only(make, ReviewItem).closed_at


@pytest.mark.holds("moderation:9")
def test_somebody_else_hears_the_appeal(cast, make, client_for, letters, reply_id) -> None:
    chosen(client_for(cast.mori), reply_id, "remove")
    made = only(make, Decision)
    send(client_for(cast.ana), f"/decisions/{made.id}/another-look", words="No.")
    assert "/moderation/appeals/" not in client_for(cast.mori).get("/moderation").text
    marta = client_for(cast.marta)
    [appeal] = {
        part for part in marta.get("/moderation").text.split('"') if "/moderation/appeals/" in part
    }
    send_as_seen(marta, appeal, result="upheld", answer="It can stay.")
    assert state(make, reply_id) is PostState.PUBLISHED
    assert letters()[-1] == ("Ana", "appeal_answered")


@pytest.mark.holds("moderation:1", "moderation:11")
@pytest.mark.parametrize("who", ["ana", "ben", "hana", "stranger", "pat"])
def test_whoever_does_not_moderate_there_can_not_tell_that_there_is_such_a_page(
    cast, make, client_for, reply_id, who
) -> None:
    browser = client_for(getattr(cast, who))
    assert browser.get(page_of(reply_id)).status_code == 404
    thread = browser.get(f"/threads/{make.thread_of(reply_id)}").text
    assert page_of(reply_id) not in thread


def test_a_guest_comes_in_first(app, reply_id) -> None:
    assert app.test_client().get(page_of(reply_id)).status_code == 302


@pytest.mark.holds("moderation:1")
def test_nobody_decides_about_themselves_or_about_whoever_speaks_to_them(
    cast, make, clock, client_for
) -> None:
    thread_id = make.thread(cast.group_id, cast.ben)
    own, named = make.reply(thread_id, cast.mori), make.reply(thread_id, cast.ana, "@Mori, no.")
    mori = client_for(cast.mori)
    assert mori.get(page_of(own)).status_code == 404
    refused = mori.get(page_of(named))
    assert refused.status_code == 403
    assert FOR_OTHERS.text in plain(refused)
    assert refusal(lambda: by(make, clock, cast.mori, named)) is FOR_OTHERS
    assert client_for(cast.marta).get(page_of(named)).status_code == 200
    assert make.done(lambda: db.session.scalars(select(ReviewItem)).all()) == []


@pytest.mark.holds("moderation:10")
def test_about_whoever_looks_after_others_the_level_above_decides(
    cast, make, clock, client_for
) -> None:
    thread_id = make.thread(cast.group_id, cast.ben)
    of_hana = make.reply(thread_id, cast.hana)
    assert client_for(cast.mori).get(page_of(of_hana)).status_code == 403
    make.joined(cast.group_id, cast.pat, make.owner(cast.group_id))
    pat = make.actor(cast.pat)
    assert client_for(pat).get(page_of(of_hana)).status_code == 200
    by(make, clock, pat, of_hana)
    assert only(make, Decision).scope is Scope.PLATFORM
    of_pat = make.reply(thread_id, pat)
    assert client_for(cast.mori).get(page_of(of_pat)).status_code == 403


@pytest.mark.holds("moderation:22")
def test_what_is_written_without_a_name_is_reported_whoever_wrote_it(
    cast, make, clock, client_for
) -> None:
    thread_id = make.thread(cast.group_id, cast.ben)
    mori = client_for(cast.mori)
    for writer in (cast.ana, cast.hana):
        post_id = make.reply(thread_id, writer, unnamed=True)
        answer = mori.get(page_of(post_id))
        assert answer.status_code == 403
        assert UNNAMED.text in plain(answer)
        assert refusal(lambda: by(make, clock, cast.mori, post_id)) is UNNAMED  # noqa: B023
        shown = mori.get(f"/threads/{thread_id}").text
        assert page_of(post_id) not in shown
        assert f'href="{aside(post_id)}"' in shown


def aside(post_id: UUID) -> str:
    return f"/posts/{post_id}/set-aside"


def set_aside(browser, post_id, **more):
    typed = {"about": "other", "words": "", "version": "1", **more}
    return send(browser, "/threads/new", aside(post_id), **typed)


@pytest.mark.holds("moderation:1", "moderation:22")
def test_without_a_name_it_is_set_aside_the_same_way_whoever_wrote_it(
    cast, make, clock, client_for, letters
) -> None:
    """A member, a facilitator, somebody kept apart from: nothing tells them apart."""
    make.done(lambda: blocks.keep_apart(cast.ben, cast.mori.id, now=clock.now()))
    thread_id = make.thread(cast.group_id, cast.marta)
    for writer in (cast.ana, cast.hana, cast.ben):
        mori = client_for(cast.mori)
        post_id = make.reply(thread_id, writer, unnamed=True)
        told, waits = len(letters()), others(mori)
        page = plain(mori.get(aside(post_id)))
        assert writer.name not in page.split("Set it aside?", 1)[1]
        sent = set_aside(mori, post_id)
        assert sent.location == f"/threads/{thread_id}"
        assert "Another moderator reads it" in plain(mori.get(sent.location))
        assert state(make, post_id) is PostState.HELD
        assert letters()[told:] == [(writer.name, "post_waits")]
        assert set_aside(mori, post_id).status_code == 404  # nobody else finds it now
        item_id = make.done(
            lambda: db.session.scalars(
                select(ReviewItem.id).where(ReviewItem.post_id == post_id)  # noqa: B023
            ).one()
        )
        assert mori.get(f"/moderation/{item_id}").status_code == 404
        assert others(mori) == waits + 1
        assert (
            client_for(cast.marta if writer is not cast.hana else cast.pat)
            .get(f"/moderation/{item_id}")
            .status_code
            == 200
        )


def others(browser) -> int:
    """How many of their own reports wait on others, as their queue says."""
    found = re.search(r"(One|\d+) items? waits? on others", plain(browser.get("/moderation")))
    return (1 if found[1] == "One" else int(found[1])) if found else 0


@pytest.mark.holds("moderation:8")
def test_what_was_set_aside_is_decided_by_another_and_shown_again(
    cast, make, client_for, letters
) -> None:
    post_id = make.reply(make.thread(cast.group_id, cast.ben), cast.ana, unnamed=True)
    mori, marta = client_for(cast.mori), client_for(cast.marta)
    set_aside(mori, post_id, about="harassment", words="Please look.")
    item = only(make, ReviewItem)
    read = plain(marta.get(f"/moderation/{item.id}"))
    assert "Set aside for another moderator" in read
    assert "Please look." in read
    send(marta, f"/moderation/{item.id}", outcome="approve", rule="", why="", note="",
         passages="", version=str(item.version))  # fmt: skip
    assert state(make, post_id) is PostState.PUBLISHED
    assert ("Mori", "report_answered") in letters()
    assert refusal(
        lambda: make.done(
            lambda: deciding.set_aside(cast.mori, post_id, "other", "", 1, now=make.clock.now())
        )
    ) is WAS_LEFT  # fmt: skip
    acts = make.done(lambda: db.session.scalars(select(AuditEvent.action)).all())
    assert acts.count("set-aside") == 1


def test_only_what_has_no_name_is_set_aside_and_by_whoever_moderates(
    cast, make, client_for, reply_id
) -> None:
    thread_id = make.thread(cast.group_id, cast.ben)
    post_id = make.reply(thread_id, cast.ana, unnamed=True)
    own = make.reply(thread_id, cast.mori, unnamed=True)
    mori = client_for(cast.mori)
    assert mori.get(aside(reply_id)).status_code == 404
    assert mori.get(aside(own)).status_code == 404
    for who in ("ana", "ben", "hana", "stranger", "pat"):
        assert client_for(getattr(cast, who)).get(aside(post_id)).status_code == 404
    for wrong in ({"about": "illegal"}, {"about": "crisis_self"}, {"version": ""}):
        assert set_aside(mori, post_id, **wrong).status_code == 422
    assert set_aside(mori, post_id, version="7").status_code == 409
    assert state(make, post_id) is PostState.PUBLISHED
    assert make.done(lambda: db.session.scalars(select(ReviewItem)).all()) == []


@pytest.mark.holds("moderation:3")
def test_whoever_is_second_is_told_and_nothing_is_sent(
    cast, make, clock, client_for, reply_id
) -> None:
    mori = client_for(cast.mori)
    make.report(reply_id, cast.ben)
    item_id = only(make, ReviewItem).id
    assert mori.get(page_of(reply_id)).location == f"/moderation/{item_id}"
    thread_id = make.thread_of(reply_id)
    other = make.reply(thread_id, cast.ana)
    page = f"/posts/{other}/notes"  # any form, for its token
    make.report(other, cast.ben)
    late = send(mori, page, page_of(other), **TYPED, outcome="remove", version="1")
    assert late.status_code == 409
    assert "Somebody has begun with it" in plain(late)
    assert WHY in late.text
    third = make.reply(thread_id, cast.ana)
    make.done(lambda: threads_actions.edit(cast.ana, third, "Ask Ben.", 1, now=clock.now()))
    changed = chosen(mori, third, "remove", version="1")
    assert changed.status_code == 409
    assert "Its writer has changed it" in plain(changed)
    assert make.done(lambda: db.session.scalars(select(Decision)).all()) == []
    assert chosen(mori, third, "remove", version="2").status_code == 302
    assert refusal(lambda: by(make, clock, cast.marta, third, version=2)) is DECIDED


def test_a_report_that_only_the_site_reads_is_not_told_of(cast, make, client_for, reply_id) -> None:
    make.report(reply_id, cast.ben, "threat_other")
    assert client_for(cast.mori).get(page_of(reply_id)).status_code == 403


def test_what_is_typed_has_to_be_whole(cast, client_for, reply_id, make) -> None:
    mori = client_for(cast.mori)
    assert chosen(mori, reply_id, "keep").status_code == 422
    assert chosen(mori, reply_id, "remove", why="").status_code == 422
    assert chosen(mori, reply_id, "return", passages="Something else").status_code == 422
    assert chosen(mori, reply_id, "remove", version="").status_code == 422
    assert chosen(mori, reply_id, "hide", about="crisis_self").status_code == 422
    assert state(make, reply_id) is PostState.PUBLISHED


def test_worry_is_for_two_people_and_is_not_offered() -> None:
    offered = [reason for group in GROUPS for reason in group.reasons]
    assert all(each.severity is not Severity.CRISIS and not each.for_leads for each in offered)
    assert all(group.reasons for group in GROUPS)


@pytest.mark.holds("moderation:6")
def test_a_step_about_a_person_says_that_nobody_reported_it(
    cast, make, client_for, arrived, reply_id
) -> None:
    mori, page = client_for(cast.mori), page_of(reply_id)
    answer = send(mori, page, f"{page}/person", version="1")
    item_id = only(make, ReviewItem).id
    assert answer.location == f"/moderation/{item_id}/person"
    assert "A moderator came upon it, and nobody reported it." in plain(mori.get(answer.location))
    step = {"step": "mute-3", "rule": "medicine", "why": WHY, "note": "", "version": "1"}
    assert send(mori, answer.location, **step).status_code == 302
    assert only(make, Sanction).kind is SanctionKind.MUTE
    assert only(make, Decision).source is Source.OWN
    ((_, written),) = arrived("ana@example.org")
    assert "A moderator came upon it. Nobody reported it." in " ".join(written.split())
    assert "Members reported" not in written
    statement = plain(client_for(cast.ana).get(f"/in-force/{only(make, Decision).id}"))
    assert "A moderator came upon it. Nobody reported it." in statement
    assert only(make, ReviewItem).closed_at is None
    again = send(mori, answer.location, f"{page}/person", version="1")
    assert again.location == page  # which leads to the item
    assert mori.get(page).location == f"/moderation/{item_id}"


def test_a_ban_is_proposed_and_agreed_to(cast, make, clock, client_for, reply_id) -> None:
    item_id = make.done(lambda: deciding.take_up(cast.mori, reply_id, 1, now=clock.now()))
    assert make.sanction(item_id, cast.mori, SanctionKind.BAN, 90) is None
    owner = client_for(make.owner(cast.group_id))
    [way] = {
        part for part in owner.get("/moderation").text.split('"') if "/moderation/proposed/" in part
    }
    assert send(owner, way, agree="yes", words="", version="2").status_code == 302
    assert only(make, Sanction).kind is SanctionKind.BAN


def test_a_report_that_comes_later_and_goes_again_leaves_it_open(
    cast, make, clock, client_for, reply_id
) -> None:
    item_id = make.done(lambda: deciding.take_up(cast.mori, reply_id, 1, now=clock.now()))
    assert make.report(reply_id, cast.ben, "harassment") == item_id
    assert only(make, ReviewItem).severity is Severity.HARM
    send(client_for(cast.ben), f"/posts/{reply_id}/reported")
    assert only(make, ReviewItem).closed_at is None


@pytest.mark.holds("moderation:6")
def test_of_what_was_held_a_step_says_that_it_was_held(
    cast, make, client_for, arrived, reply_id
) -> None:
    held = make.reply(make.thread_of(reply_id), cast.ana, "Buy now, click here: casino bonus.")
    assert state(make, held) is PostState.HELD
    item_id = only(make, ReviewItem).id
    page = f"/moderation/{item_id}"
    mori = client_for(cast.mori)
    assert f'href="{page}/person"' in mori.get(page).text
    assert make.sanction(item_id, cast.mori, SanctionKind.MUTE, 1) == cast.ana.id
    assert only(make, Decision).source is Source.HOLD
    ((_, written),) = arrived("ana@example.org")
    words = " ".join(written.split())
    assert "It was held, to be read before others see it, and somebody read it." in words
    assert "Held because: It may be an advert." in words


def test_one_of_many_asks_the_database_as_often_as_the_only_one(
    cast, make, client_for, cost, reply_id
) -> None:
    mori = client_for(cast.mori)

    def statements() -> int:
        mori.get(page_of(reply_id))
        cost.statements.clear()
        assert mori.get(page_of(reply_id)).status_code == 200
        return int(cost)

    def another() -> None:
        make.report(make.reply(make.thread_of(reply_id), cast.ana), cast.ben)

    another()
    before = statements()
    for _ in range(20):
        another()
    assert statements() == before
