"""What moderators note about a person: who reads it, until when, and that the person can."""

import re
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import LargeBinary, delete, select, type_coerce
from sqlalchemy.exc import IntegrityError

from community.accounts.models import Account
from community.core.actor import Actor, Staff
from community.core.db import db
from community.core.verdict import Refused
from community.moderation.about import actions, queries
from community.moderation.about.models import Remark
from community.moderation.about.rules import (
    ANOTHERS,
    LENGTHS,
    may_note,
    may_take_away,
    read_for,
    written_for,
)
from community.moderation.cases import case_of
from community.moderation.jobs import erase_old_notes
from community.moderation.models import READ, AuditEvent, ReviewItem
from community.moderation.rules.case import Outcome
from community.moderation.rules.reasons import Scope
from community.threads import actions as threads_actions
from tests.fakes import FrozenClock
from tests.make import Make
from tests.moderation.test_rules import GROUP, NOON, case, moderator, person, platform_moderator
from tests.pages import plain, send
from tests.privacy.taken import Taken
from tests.threads.conftest import Cast

NOTE = "Answers well when written to first."
SITES = "Came back under another name in spring."

# The rules


@pytest.mark.holds("moderation:1", "moderation:11")
@pytest.mark.parametrize(
    ("scope", "is_open", "who", "reads", "writes"),
    [
        (Scope.GROUP, True, "mori", {GROUP}, GROUP),
        (Scope.GROUP, False, "mori", {GROUP}, GROUP),
        (Scope.GROUP, True, "pat", None, None),
        (Scope.BOTH, True, "mori", {GROUP}, GROUP),
        (Scope.BOTH, True, "pat", {GROUP, None}, None),
        (Scope.BOTH, False, "pat", {None}, None),
        (Scope.PLATFORM, True, "mori", None, None),
        (Scope.PLATFORM, True, "pat", {GROUP, None}, None),
        (Scope.PLATFORM, False, "pat", {None}, None),
        (Scope.BOTH, True, "stranger", None, None),
        (Scope.BOTH, True, "member", None, None),
    ],
)
def test_whose_notes_somebody_reads_and_writes(
    scope: Scope, is_open: bool, who: str, reads: set[UUID | None] | None, writes: UUID | None
) -> None:
    people = {
        "mori": moderator(),
        "pat": platform_moderator(),
        "stranger": moderator(group=uuid4()),
        "member": person(),
    }
    item = case(people["mori"].id, scope=scope, is_open=is_open)
    actor = people[who]
    assert bool(may_note(actor, item, NOON)) is (reads is not None)
    if reads is not None:
        assert read_for(actor, item, NOON) == reads
        assert written_for(actor, item, NOON) == writes


PARTS = st.sampled_from(["author", "reporter", "was_there", "barred", "passed", "apart"])


@pytest.mark.holds("moderation:1")
@given(part=PARTS, scope=st.sampled_from(Scope), is_site=st.booleans())
def test_whoever_has_a_part_in_it_neither_reads_nor_writes(
    part: str, scope: Scope, is_site: bool
) -> None:
    actor = platform_moderator() if is_site else moderator()
    item = replace(case(actor.id, uuid4(), scope=scope), site=frozenset({actor.id, uuid4()}))
    with_part: dict[str, object] = {
        "author": {"author_id": actor.id},
        "reporter": {"reporters": frozenset({actor.id})},
    }.get(part, {part: frozenset({actor.id})})
    assert not may_note(actor, replace(item, **with_part), NOON)


@pytest.mark.holds("moderation:11")
def test_nothing_is_noted_about_somebody_unknown() -> None:
    mori = moderator()
    item = case(mori.id)
    assert may_note(mori, item, NOON)
    for unknown in (replace(item, author_id=None), replace(item, pseudonym="Blue Heron")):
        assert may_note(mori, unknown, NOON).reason.status == 404


def test_who_takes_a_note_away() -> None:
    mori, lead = moderator(), person(staff=frozenset({Staff.SAFETY_LEAD}))
    assert may_take_away(mori, mori.id)
    assert may_take_away(lead, mori.id)
    assert may_take_away(lead, None)
    for other in (moderator(), platform_moderator()):
        assert may_take_away(other, mori.id).reason is ANOTHERS
        assert may_take_away(other, None).reason is ANOTHERS


# On the page


@pytest.fixture
def item_id(cast, make, reply_id) -> UUID:
    """Ana’s reply; the group and the site look after it."""
    return make.report(reply_id, cast.ben, "stop_treatment")


@pytest.fixture
def about(item_id) -> str:
    return f"/moderation/{item_id}/person"


def noted(browser, about: str, words: str = NOTE, days: int = 90):
    return send(browser, about, f"{about}/notes", words=words, days=str(days))


def kept(make: Make) -> list[Remark]:
    with make.app.app_context():
        return list(db.session.scalars(select(Remark).order_by(Remark.id)))


def acts(make: Make) -> list[tuple[str, str, str]]:
    with make.app.app_context():
        query = select(AuditEvent.action, AuditEvent.acted_for, AuditEvent.reason)
        query = query.where(AuditEvent.action != READ).order_by(AuditEvent.id)
        return [tuple(row) for row in db.session.execute(query)]


@pytest.mark.holds("moderation:11")
def test_a_note_of_the_group_is_read_there_and_by_the_site_while_it_is_open(
    cast, make, client_for, item_id, about
) -> None:
    mori, marta, pat = (client_for(each) for each in (cast.mori, cast.marta, cast.pat))
    assert "For whoever decides next: no notes yet" in plain(mori.get(about))
    assert noted(mori, about).location == about
    page = plain(marta.get(about))
    assert NOTE in page
    assert "By Mori, Friday 20 November" in page
    assert "For whoever decides next: 1 note" in page
    assert "Take it away" not in page
    assert NOTE in plain(pat.get(about))
    noted(pat, about, SITES)
    assert SITES in plain(pat.get(about))
    assert SITES not in plain(marta.get(about))
    make.decision(item_id, cast.mori, Outcome.KEEP)
    assert NOTE in plain(marta.get(about))
    closed = plain(pat.get(about))
    assert SITES in closed
    assert NOTE not in closed
    assert NOTE not in plain(mori.get(f"/moderation/{item_id}"))  # nowhere else
    for action, _, reason in acts(make)[:2]:
        assert (action, reason) == ("wrote-about", "stop_treatment")


@pytest.mark.holds("moderation:11")
def test_it_stands_on_every_item_about_them_in_that_group_and_in_no_other(
    cast, make, client_for, about
) -> None:
    noted(client_for(cast.mori), about)
    thread_id = make.thread(cast.group_id, cast.hana)
    second = make.report(make.reply(thread_id, cast.ana, "Again."), cast.hana, "medical_claim")
    assert NOTE in plain(client_for(cast.marta).get(f"/moderation/{second}/person"))
    nora = make.member("Nora")
    group_id = make.group("Jaw", members=[cast.ana, cast.ben], moderators=[nora])
    reply = make.reply(make.thread(group_id, cast.ben), cast.ana, "Elsewhere.")
    third = make.report(reply, cast.ben, "medical_claim")
    page = client_for(nora).get(f"/moderation/{third}/person")
    assert page.status_code == 200
    assert NOTE not in plain(page)
    (remark,) = kept(make)
    place = f"/moderation/{third}/person"
    gone = f"{place}/notes/{remark.id}/take-away"
    assert send(client_for(nora), place, gone).status_code == 404


@pytest.mark.holds("moderation:1", "moderation:11", "asvs:2")
def test_whoever_has_a_part_and_everybody_else_finds_nothing(
    cast, make, client_for, reply_id, about
) -> None:
    noted(client_for(cast.mori), about)
    (remark,) = kept(make)
    make.report(reply_id, cast.marta, "spam")
    gone = f"{about}/notes/{remark.id}/take-away"
    for who in (cast.ana, cast.ben, cast.hana, cast.marta, cast.stranger):
        browser = client_for(who)
        assert browser.get(about).status_code == 404
        for to in (f"{about}/notes", gone):
            assert send(browser, "/calls", to, words=NOTE, days="90").status_code == 404
    for to in (f"{about}/notes", gone):
        assert send(client_for(), "/sign-in", to).status_code in {302, 403}
    assert len(kept(make)) == 1


def test_what_is_missing_is_said_and_what_was_typed_stays(cast, make, client_for, about) -> None:
    mori = client_for(cast.mori)
    empty = noted(mori, about, " ")
    assert empty.status_code == 422
    assert "Say what would help, in a few words." in empty.text
    assert 'id="notes-about" open' in empty.text
    assert empty.text.count('id="problem"') == 1
    long = noted(mori, about, "x" * 501)
    assert long.status_code == 422
    assert "x" * 501 in long.text
    assert noted(mori, about, NOTE, 31).status_code == 422
    assert kept(make) == []
    assert re.findall(r'<input checked[^>]* value="(\d+)"', mori.get(about).text) == ["90"]


def test_it_is_taken_away_by_whoever_wrote_it_or_the_safety_lead(
    cast, make, client_for, about
) -> None:
    lead = client_for(make.staff("Lea", Staff.SAFETY_LEAD))
    mori, marta, pat = (client_for(each) for each in (cast.mori, cast.marta, cast.pat))
    for who in (mori, lead):
        noted(mori, about)
        (remark,) = kept(make)
        gone = f"{about}/notes/{remark.id}/take-away"
        for other in (marta, pat):
            assert send(other, about, gone).status_code == 403
        assert gone in who.get(about).text
        for _ in range(2):  # the second press is the first again
            assert send(who, about, gone).location == about
            assert kept(make) == []
    assert [(action, scope) for action, scope, _ in acts(make) if action == "unwrote-about"] == [
        ("unwrote-about", Scope.GROUP),
        ("unwrote-about", Scope.PLATFORM),
    ]


@pytest.mark.holds("F:F82")
def test_a_second_press_makes_no_second_note(cast, make, client_for, about) -> None:
    mori, marta = client_for(cast.mori), client_for(cast.marta)
    assert [noted(mori, about).location for _ in range(2)] == [about] * 2
    assert len(kept(make)) == len(acts(make)) == 1
    noted(marta, about)  # somebody else finds the same
    noted(mori, about, NOTE, 30)
    noted(mori, about, SITES)
    assert len(kept(make)) == len(acts(make)) == 4


@pytest.mark.holds("moderation:14")
@pytest.mark.parametrize("days", LENGTHS)
def test_on_its_day_it_is_gone_and_then_erased(
    app, cast, make, client_for, clock: FrozenClock, about, days
) -> None:
    noted(client_for(cast.mori), about, NOTE, days)
    clock.instant += timedelta(days=days, minutes=-1)
    assert NOTE in plain(client_for(cast.mori).get(about))
    with app.app_context():
        erase_old_notes(clock.now())
    (remark,) = kept(make)
    clock.pass_by(minutes=1)
    browser = client_for(cast.mori)
    assert NOTE not in plain(browser.get(about))
    assert send(browser, about, f"{about}/notes/{remark.id}/take-away").status_code == 404
    with app.app_context():
        erase_old_notes(clock.now())
    assert kept(make) == []


@pytest.mark.holds("moderation:11")
def test_about_whoever_wrote_without_a_name_nothing_is_noted(
    cast, make, client_for, clock, about
) -> None:
    """A note on both pages would say that it is one person."""
    noted(client_for(cast.mori), about)
    thread_id = make.thread(cast.group_id, cast.ben)
    sent = make.done(
        lambda: threads_actions.reply(
            make.actor(cast.ana), thread_id, "Unnamed.", unnamed=True, now=clock.now()
        )
    )
    unnamed = f"/moderation/{make.report(sent.post_id, cast.ben, 'stop_treatment')}/person"
    mori = client_for(cast.mori)
    page = mori.get(unnamed)
    assert page.status_code == 200
    assert NOTE not in plain(page)
    assert "For whoever decides next" not in plain(page)
    assert noted(mori, unnamed).status_code == 404
    (remark,) = kept(make)
    gone = f"{unnamed}/notes/{remark.id}/take-away"
    assert send(mori, unnamed, gone).status_code == 404


def test_the_page_costs_the_same_for_one_as_for_many(cast, make, client_for, cost, about) -> None:
    mori = client_for(cast.mori)

    def statements() -> int:
        cost.statements.clear()
        assert mori.get(about).status_code == 200
        return int(cost)

    noted(mori, about)
    statements()
    one = statements()
    for number in range(6):
        noted(client_for(cast.marta), about, f"Another, {number}.")
    statements()
    assert statements() == one
    assert sum("FROM remark" in each for each in cost.statements) == 1


# What is kept


@pytest.mark.holds("asvs:37", "moderation:20")
def test_the_table_gives_nobody_a_word_of_it(app, cast, client_for, about) -> None:
    noted(client_for(cast.mori), about)
    with app.app_context():
        raw = db.session.scalars(select(type_coerce(Remark.words, LargeBinary))).one()
        assert NOTE.encode() not in raw
        assert db.session.scalars(select(Remark.words)).one() == NOTE


@pytest.mark.holds("promise:10", "moderation:7")
def test_the_person_has_it_in_their_file_and_not_who_wrote_it(
    cast, make, client_for, about
) -> None:
    noted(client_for(cast.mori), about)
    taken = Taken(send(client_for(cast.ana), "/my-data"))
    (remark,) = taken.tables["remark"]
    assert set(remark) == {"words", "written_at", "until"}
    assert remark["words"] == NOTE
    assert NOTE in taken.page
    assert "Mori" not in taken.text
    assert str(cast.mori.id) not in taken.text
    for other in (cast.ben, cast.mori):
        assert NOTE not in Taken(send(client_for(other), "/my-data")).text
    assert "What they note about you" in plain(client_for(cast.ana).get("/who-can-see"))


@pytest.mark.holds("promise:10")
def test_it_goes_with_its_person_and_stays_without_its_writer(
    cast, make, client_for, about
) -> None:
    noted(client_for(cast.mori), about)
    make.done(lambda: db.session.execute(delete(Account).where(Account.id == cast.mori.id)))
    assert "By somebody who has left" in plain(client_for(cast.marta).get(about))
    make.done(lambda: db.session.execute(delete(Account).where(Account.id == cast.ana.id)))
    assert kept(make) == []


# On both databases


def read(make: Make, item_id: UUID, reader: Actor, now: datetime) -> list[str | None]:
    def words() -> list[str | None]:
        item = case_of(db.session.get_one(ReviewItem, item_id), now)
        return [each.words for each in queries.remarks_on(reader, item, now) or ()]

    return make.done(words)


def note(make: Make, item_id: UUID, by: Actor, words: str, days: int) -> None:
    now = make.clock.now()
    make.done(lambda: actions.note(by, item_id, words, days, now=now))


def test_it_is_written_read_taken_away_and_erased(
    cast: Cast, make: Make, item_id: UUID, clock: FrozenClock
) -> None:
    note(make, item_id, cast.mori, "Short.", 30)
    note(make, item_id, cast.mori, "Long.", 184)
    assert read(make, item_id, cast.mori, clock.now()) == ["Long.", "Short."]
    clock.instant += timedelta(days=30)
    assert read(make, item_id, cast.mori, clock.now()) == ["Long."]
    make.done(lambda: actions.erase_old(now=clock.now()))
    (left,) = kept(make)
    make.done(lambda: actions.take_away(cast.mori, item_id, left.id, now=clock.now()))
    assert kept(make) == []
    assert [action for action, *_ in acts(make)] == ["wrote-about", "wrote-about", "unwrote-about"]


def test_what_is_refused_leaves_nothing_behind(cast: Cast, make: Make, item_id: UUID) -> None:
    for who, days in ((cast.mori, 31), (cast.ana, 30), (cast.ben, 30), (cast.stranger, 30)):
        with pytest.raises(Refused, match="not-found"):
            note(make, item_id, who, NOTE, days)
    assert kept(make) == []
    assert acts(make) == []


def test_the_database_itself_keeps_nobodys_note_about_themselves(
    cast: Cast, make: Make, clock: FrozenClock
) -> None:
    now = clock.now()
    own = Remark(subject_id=cast.ana.id, author_id=cast.ana.id, words="Me", written_at=now)
    own.until = now + timedelta(days=1)
    with pytest.raises(IntegrityError):
        make.done(lambda: db.session.add(own))
