"""Being erased, down to the file: what somebody wrote, set and was called is nowhere any more, and
what was decided stands as it was."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import LargeBinary, func, inspect, select, text, type_coerce
from sqlalchemy.orm import InstrumentedAttribute

from community.accounts.models import Account
from community.calls.actions import holding
from community.core.actor import Actor, Role, Staff
from community.core.db import Base, db, scrub
from community.core.letters import OutboxLetter
from community.core.post import post
from community.groups.models import Group
from community.moderation import actions as moderation
from community.moderation import jobs as moderation_jobs
from community.moderation.actions import Choice
from community.moderation.appeals import actions as appeals
from community.moderation.appeals.models import Appeal
from community.moderation.appeals.rules import Result
from community.moderation.models import AuditEvent, Decision, DecisionWords, Report, ReviewItem
from community.moderation.opinions import actions as opinions
from community.moderation.opinions.models import SecondOpinion
from community.moderation.rules.case import Outcome
from community.moderation.seals import actions as seals
from community.moderation.seals import queries as seal_queries
from community.moderation.talk import actions as talk
from community.moderation.talk.models import TalkAsked, TalkHearer
from community.notifications.models import Notice
from community.privacy.leaving import actions, publish, queries
from community.privacy.leaving.jobs import JOBS
from community.threads.acts.rules import Because
from community.threads.holds.models import Hold
from community.threads.models import Post, PostVersion, Thread
from community.threads.pace import actions as paces
from community.threads.pace.actions import Plan
from community.threads.pace.models import ThreadPace
from community.threads.pace.rules import PaceKind
from community.threads.parting.rules import Words
from community.threads.rules.posts import PostState
from tests.core.store import Store, own_app
from tests.fakes import FrozenClock
from tests.make import Make
from tests.privacy.planted import Scene, keep_apart, plant, scene_of


@pytest.fixture
def app(store: Store) -> Iterator[Flask]:
    with own_app(store.url) as app:
        yield app


@pytest.fixture
def make(app: Flask) -> Make:
    clock = app.extensions["ports"].clock
    assert isinstance(clock, FrozenClock)
    return Make(app, clock)


@pytest.fixture
def scene(make: Make) -> Scene:
    return scene_of(make)


def just_in(make: Make, person: Actor) -> Actor:
    return replace(make.actor(person), signed_in_at=make.clock.now())


def erased(make: Make, person: Actor, words: Words = Words.ERASED) -> None:
    """They leave at once, and the last letter has gone."""
    now, me = make.clock.now(), just_in(make, person)
    make.done(lambda: actions.leave(me, words, at_once=True, now=now))
    with make.app.app_context():
        publish.be_gone(person.id)
        publish.erase(person.id, now)
        post(now)
        run_jobs(make)


def run_jobs(make: Make) -> None:
    for job in JOBS:
        job.run(make.clock.now())


def rows(make: Make, model: type[Base]) -> int:
    with make.app.app_context():
        return db.session.scalar(select(func.count()).select_from(model)) or 0


def left(store: Store, words: list[str]) -> list[str]:
    """Which of these stand in any file of the database."""
    bytes_ = store.on_disk()
    return [word for word in words if word.encode() in bytes_]


@pytest.mark.holds("promise:10")
def test_no_word_name_or_address_is_left_in_any_file(
    make: Make, scene: Scene, store: Store
) -> None:
    quince, medlar = plant(scene, "quince"), plant(scene, "medlar")
    assert quince.thread_id is not None
    make.report(make.opening(quince.thread_id), medlar.person, "disbelief")
    keep_apart(scene, quince, medlar)
    make.done(lambda: db.session.execute(text("ANALYZE")))  # as servers do: it takes samples
    assert set(left(store, quince.words)) == quince.readable  # the trap
    erased(make, quince.person)
    assert left(store, quince.words) == []
    assert set(left(store, medlar.words)) == medlar.readable


@pytest.mark.holds("promise:10")
def test_words_that_stay_stay_without_a_name(make: Make, scene: Scene, store: Store) -> None:
    quince = plant(scene, "quince")
    assert quince.thread_id is not None
    opening = make.opening(quince.thread_id)
    with make.app.app_context():
        kept = db.session.get_one(Post, opening).text
        title = db.session.get_one(Thread, quince.thread_id).title
    erased(make, quince.person, Words.STAY)
    stays = left(store, quince.words)
    assert {kept, title} <= set(stays)
    assert not {"quincename", "quincemail"} & set(stays)
    assert rows(make, PostVersion) == 0
    with make.app.app_context():
        written = db.session.scalars(select(Post)).all()
        assert {each.author_id for each in written} == {None, scene.hana.id}
        assert {each.text for each in written if each.state is PostState.DELETED} == {""}
        assert set(stays) <= {each.text for each in written} | {
            each.title for each in db.session.scalars(select(Thread))
        }


@pytest.mark.holds("promise:10")
def test_no_row_of_any_table_knows_them(make: Make, scene: Scene) -> None:
    """Whatever refers to an account: nothing has their id. What has it without referring is the
    record, in which it means nobody."""
    quince = plant(scene, "quince")
    erased(make, quince.person)
    assert tables_with(make, quince.person.id) <= {"role_change", "audit_event", "decision"}


def tables_with(make: Make, account_id: UUID) -> set[str]:
    found = set()
    with make.app.app_context():
        for mapper in Base.registry.mappers:
            table = mapper.local_table
            ids = [each for each in table.columns if each.type.python_type is UUID]
            for column in ids:
                if db.session.execute(select(1).where(column == account_id).limit(1)).first():
                    found.add(table.name)
    return found


@pytest.mark.holds("moderation:20", "moderation:12")
def test_what_was_decided_stands_the_link_is_cut_and_the_copy_goes_on_its_day(
    make: Make, scene: Scene, store: Store
) -> None:
    ana, ben = two_joined(make, scene)
    post_id = make.reply(scene.thread_id, ana, "A heronz at the weir.")
    item_id = make.report(post_id, ben, "stop_treatment")
    assert item_id is not None
    asks(make, scene, item_id, "Has herony said so before?", "Once, to heronx.")
    make.decision(item_id, scene.hana, Outcome.REMOVE, why="Only heronw’s prescriber says that.")
    make.clock.pass_by(hours=1)
    make.done(lambda: seals.seal(now=make.clock.now()))
    before = record(make)
    assert before[0]
    assert left(store, ["heronw", "herony", "heronx"]) == ["heronw"]  # in a letter; else locked
    erased(make, ana)
    assert record(make) == before
    assert rows(make, DecisionWords) == 0
    assert left(store, ["heronw"]) == []
    with make.app.app_context():
        assert seal_queries.check().broken is None
        (decision,) = db.session.scalars(select(Decision))
        assert (decision.why, decision.note) == ("", "")
        (asked,) = db.session.scalars(select(SecondOpinion))
        assert (asked.question, asked.opinion) == ("–", "–")
        assert db.session.get(Account, decision.author_id) is None
        assert db.session.get_one(ReviewItem, item_id).reported_html is not None
    assert left(store, ["heronz"]) == []  # the copy is locked
    make.clock.pass_by(days=400)
    with make.app.app_context():
        moderation_jobs.erase_reported_words(make.clock.now())
        assert db.session.get_one(ReviewItem, item_id).reported_html is None


@pytest.mark.holds("moderation:20", "promise:10")
def test_what_moderators_and_reporters_write_is_locked_and_goes_with_whom_it_is_about(
    make: Make, scene: Scene, store: Store
) -> None:
    """Of a report, of words marked in a post, and of a thread that rests: in no file, not even
    while it’s there, but for the letter that tells them."""
    ana, ben = two_joined(make, scene)
    thread_id = make.thread(scene.group_id, ana, words="Salt helps me.")
    post_id = make.reply(scene.thread_id, ana, "Just stop the tablets.")
    item_id = make.report(post_id, ben, "illegal", "Ana has heronz again.", law="heronlaw")
    assert item_id is not None
    make.done(lambda: thread_pace(scene, thread_id, make.clock.now()))
    marked(make, scene, item_id)
    make.done(lambda: db.session.execute(text("ANALYZE")))
    assert kept(make) == {"Ana has heronz again.", "heronlaw", "Let heronpace rest.", "the tablets"}
    with make.app.app_context():
        post(make.clock.now())
        scrub(OutboxLetter)
    assert left(store, ["heronz", "heronlaw"]) == []
    with make.app.app_context():
        assert not raw(Hold.passages, "the tablets")
        assert not raw(ThreadPace.why, "heronpace")
    erased(make, ana, Words.STAY)
    assert kept(make) == {"–"}
    assert left(store, ["heronz", "heronlaw", "heronpace"]) == []


def two_joined(make: Make, scene: Scene) -> tuple[Actor, Actor]:
    """Ana and Ben, who are in the group."""
    both = make.member("Ana"), make.member("Ben")
    for one in both:
        make.joined(scene.group_id, one, scene.hana)
    return both


def thread_pace(scene: Scene, thread_id: UUID, now: datetime) -> None:
    hana = scene.make.actor(scene.hana)
    because = Because("medicine", "Let heronpace rest.")
    paces.set_pace(hana, thread_id, Plan(PaceKind.PAUSE, 1, None, None), because, now=now)


def marked(make: Make, scene: Scene, item_id: UUID) -> None:
    """It goes back to its writer, with these words marked."""
    pat, now = make.staff("Pat", Staff.PLATFORM_MODERATOR), make.clock.now()
    choice = Choice(Outcome.RETURN, "medicine", "Please change it.", "", 1, ("the tablets",))
    make.done(lambda: moderation.decide(make.actor(pat), item_id, choice, now=now))


def kept(make: Make) -> set[str]:
    """What is read in these columns."""
    with make.app.app_context():
        columns = (Report.words, Report.law, Hold.passages, ThreadPace.why)
        return {words for each in columns for words in db.session.scalars(select(each))} - {""}


def raw(column: InstrumentedAttribute[str], word: str) -> bool:
    """Whether it stands there, for whoever has the rows and not the key."""
    found = db.session.scalars(select(type_coerce(column, LargeBinary)))
    return any(word.encode() in bytes(each) for each in found)


def asks(make: Make, scene: Scene, item_id: UUID, question: str, answer: str) -> None:
    """One moderator asks another what they think of it."""
    mori = make.member("Mori")
    make.joined(scene.group_id, mori, scene.hana)
    make.appointed(scene.group_id, scene.hana, mori, frozenset({Role.MODERATOR}))
    now, hana, mori = make.clock.now(), make.actor(scene.hana), make.actor(mori)
    make.done(lambda: opinions.ask(hana, item_id, question, now=now))
    make.done(lambda: opinions.give(mori, item_id, answer, now=now))


def record(make: Make) -> tuple[list[object], ...]:
    """Every decision and act, column by column."""
    with make.app.app_context():
        return tuple(
            list(map(tuple, db.session.execute(select(model.__table__))))
            for model in (Decision, AuditEvent)
        )


@pytest.mark.holds("moderation:20")
def test_what_they_reported_stays_reported_without_their_words(make: Make, scene: Scene) -> None:
    quince = plant(scene, "quince")
    erased(make, quince.person)
    with make.app.app_context():
        (report,) = db.session.scalars(select(Report))
        assert (report.reporter_id, report.words, report.reason) == (None, "", "disbelief")


@pytest.mark.holds("moderation:20", "promise:10")
def test_what_is_still_open_is_read_and_goes_once_nobody_decides_any_more(
    make: Make, scene: Scene, store: Store
) -> None:
    """Of a report and of another look that somebody asked for."""
    (ana, ben), pat = two_joined(make, scene), make.staff("Pat", Staff.PLATFORM_MODERATOR)
    post_id = make.reply(scene.thread_id, ana, "Just stop the tablets.")
    item_id = make.report(post_id, ben, "stop_treatment", "It is heronz again.")
    assert item_id is not None
    erased(make, ana, Words.STAY)
    assert after_a_while(make, Report.words) == ["It is heronz again."]
    make.decision(item_id, scene.hana, Outcome.KEEP, why="Heronw may stay.")
    appeal_id = appealed(make, ben, "But heronx said so.")
    assert after_a_while(make, Report.words) == ["It is heronz again."]  # for whoever looks again
    assert after_a_while(make, Appeal.words) == ["But heronx said so."]
    now = make.clock.now()
    answer = (make.actor(pat), appeal_id, Result.REJECTED, "Herony.", 2)
    make.done(lambda: appeals.answer(*answer, now=now))
    assert after_a_while(make, Report.words) == after_a_while(make, Appeal.words) == [""]
    assert after_a_while(make, Appeal.answer) == ["–"]
    assert rows(make, DecisionWords) == 0
    with make.app.app_context():
        assert seal_queries.check().broken is None


@pytest.mark.holds("moderation:20", "promise:10")
def test_so_does_another_look_that_was_answered_before(make: Make, scene: Scene) -> None:
    (ana, ben), pat = two_joined(make, scene), make.staff("Pat", Staff.PLATFORM_MODERATOR)
    item_id = make.report(make.reply(scene.thread_id, ana), ben, "stop_treatment", "Heronz.")
    assert item_id is not None
    make.decision(item_id, scene.hana, Outcome.KEEP)
    appeal_id, now = appealed(make, ben, "Heronx said so."), make.clock.now()
    answer = (make.actor(pat), appeal_id, Result.REJECTED, "Herony.", 2)
    make.done(lambda: appeals.answer(*answer, now=now))
    erased(make, ana)
    with make.app.app_context():
        (appeal,) = db.session.scalars(select(Appeal))
        assert (appeal.words, appeal.answer) == ("", "–")
        assert db.session.scalars(select(Report.words)).all() == [""]


def appealed(make: Make, person: Actor, words: str) -> UUID:
    """They ask for another look at the only decision."""
    me, now = make.actor(person), make.clock.now()
    decision_id = make.done(lambda: db.session.scalars(select(Decision.id)).one())
    make.done(lambda: appeals.ask(me, decision_id, words, now=now))
    return make.done(lambda: db.session.scalars(select(Appeal.id)).one())


def after_a_while(make: Make, column: InstrumentedAttribute[str]) -> list[str]:
    """What is read there when the job has come by."""
    make.clock.pass_by(hours=1)
    with make.app.app_context():
        moderation_jobs.erase_reported_words(make.clock.now())
        return list(db.session.scalars(select(column)))


def test_others_read_that_somebody_has_left_where_they_were_told_a_name(
    make: Make, scene: Scene
) -> None:
    quince = plant(scene, "quince")
    erased(make, quince.person)
    with make.app.app_context():
        asked = select(OutboxLetter.facts).where(OutboxLetter.kind == "calls/asked_to_hold")
        (facts,) = db.session.scalars(asked)
    assert facts["name"] == "Somebody who has left"


def test_a_name_in_any_letters_is_found_there(make: Make, scene: Scene) -> None:
    zoe = make.member("Zoë “Z”", email="zoe@example.org")
    make.joined(scene.group_id, zoe, scene.hana)
    make.appointed(scene.group_id, scene.hana, zoe, frozenset({Role.FACILITATOR}))
    held, now = make.call(scene.group_id, make.actor(zoe)), make.clock.now()
    make.done(lambda: holding.ask_to_hold(make.actor(zoe), held, scene.hana.id, now=now))
    erased(make, zoe)
    with make.app.app_context():
        found = [*db.session.scalars(select(OutboxLetter.facts))]
        found += db.session.scalars(select(Notice.facts))
    assert "Zoë" not in str(found)
    assert str(found).count("Somebody who has left") == 2


def test_what_they_would_have_talked_over_goes_with_them(
    make: Make, scene: Scene, store: Store
) -> None:
    """And with whoever read it, that they were asked."""
    lea, now = make.staff("Lea", Staff.SAFETY_LEAD), make.clock.now()
    hana = make.actor(scene.hana)
    make.done(lambda: talk.ask(hana, "I can’t get heronz out of my head.", now=now))
    with make.app.app_context():
        assert not raw(TalkAsked.words, "heronz")
    assert rows(make, TalkHearer) == 1
    erased(make, lea)
    assert (rows(make, TalkAsked), rows(make, TalkHearer)) == (1, 0)
    erased(make, scene.hana)
    assert rows(make, TalkAsked) == 0
    assert left(store, ["heronz"]) == []


def test_a_group_in_which_nobody_else_is_left_closes(make: Make, store: Store) -> None:
    ana = make.member("Ana")
    group_id = make.group("Quiet", owner=ana, about="About heronz.")
    erased(make, ana)
    with make.app.app_context():
        group = db.session.get_one(Group, group_id)
        assert (group.state, group.name, group.about) == ("declined", "", "")
    assert left(store, ["heronz"]) == []


def test_the_address_is_free_again(make: Make) -> None:
    ana = make.member("Ana")
    erased(make, ana)
    assert make.member("Ana").id != ana.id


def test_every_table_that_is_emptied_is_taken_out_of_the_files(make: Make, scene: Scene) -> None:
    """What goes with an account, or with what goes with it, is scrubbed."""
    scrubbed = {each.__tablename__ for each in queries.emptied()}
    for mapper in Base.registry.mappers:
        table = inspect(mapper).local_table
        for key in table.foreign_keys:
            if key.column.table.name == "account":
                assert table.name in scrubbed


def test_who_was_told_to_wait_is_erased_when_it_is_time(make: Make, scene: Scene) -> None:
    quince = plant(scene, "quince")
    now, me = make.clock.now(), just_in(make, quince.person)
    make.done(lambda: actions.leave(me, Words.ERASED, now=now))
    make.clock.instant += timedelta(days=13)
    with make.app.app_context():
        run_jobs(make)
        assert db.session.get(Account, quince.person.id) is not None
    make.clock.instant += timedelta(days=1)
    with make.app.app_context():
        run_jobs(make)
        db.session.expire_all()
        assert db.session.get(Account, quince.person.id) is None
