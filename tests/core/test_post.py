"""No letter is lost and none goes twice, whatever breaks and wherever it breaks."""

import re
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from threading import Barrier
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select
from structlog.testing import capture_logs

from community.core import letters
from community.core.db import db, transaction
from community.core.letters import STOP, LetterState, OutboxLetter
from community.core.mail import SmtpMailer
from community.core.ports import Mailer, MailFailed, MailRefused
from community.core.post import BATCH, LEASE, TRIES, post
from community.core.seal import unseal_facts
from community.core.verdict import STALE, Refused
from tests.core.office import CALL, TUESDAY, Office, PowerCut, Troubled
from tests.core.sink import Sink
from tests.core.store import Store, own_app
from tests.fakes import KeptMail
from tests.letters import words


@pytest.fixture(params=["kept", "smtp"])
def office(request: pytest.FixtureRequest, store: Store) -> Iterator[Office]:
    """With the fake mailer, and with the real one and a real mail server."""
    if request.param == "smtp":
        mailer: Mailer = request.getfixturevalue("smtp")
        arrived: Sequence[EmailMessage] = request.getfixturevalue("sink").kept
    else:
        fake = KeptMail()
        mailer, arrived = fake, fake.kept
    troubled = Troubled(mailer)
    settings = {"base_url": "https://circles.example.org", "mail_from": "post@example.org"}
    with own_app(store.url, troubled, **settings) as app:
        yield Office(app, troubled, arrived)


@pytest.mark.holds("promise:6")
def test_a_letter_goes_once(office: Office) -> None:
    office.write()
    office.post_for_a_day()
    assert office.to() == {"ana": 1}
    assert office.row().state is LetterState.SENT
    assert office.row().tries == 1


@pytest.mark.holds("promise:6")
def test_a_letter_of_a_transaction_that_was_not_kept_never_goes(office: Office) -> None:
    def write_and_break() -> None:
        with office.app.app_context(), transaction():
            office.add()
            db.session.flush()
            raise PowerCut

    with pytest.raises(PowerCut):
        write_and_break()
    office.post_for_a_day()
    assert office.to() == {}


@pytest.mark.holds("promise:6")
def test_a_letter_does_not_go_before_its_transaction_is_kept(office: Office) -> None:
    with office.app.app_context(), transaction():
        office.add()
        db.session.flush()
        with ThreadPoolExecutor(1) as other:
            other.submit(office.post).result()
        assert office.to() == {}
    office.post()
    assert office.to() == {"ana": 1}


@pytest.mark.holds("promise:6")
def test_after_a_crash_before_the_server_heard_of_it_a_letter_goes_once(office: Office) -> None:
    office.write("ana")
    office.write("ben")
    office.mailer.before = [PowerCut()]
    office.breaks()
    assert office.to() == {}
    assert office.states() == {LetterState.SENDING: 1, LetterState.QUEUED: 1}
    office.post_for_a_day()
    assert office.to() == {"ana": 1, "ben": 1}


@pytest.mark.holds("promise:6")
def test_after_a_crash_between_the_yes_and_our_commit_it_goes_again_as_the_same_message(
    office: Office,
) -> None:
    office.write("ana")
    office.write("ben")
    office.mailer.after = [PowerCut()]
    office.breaks()
    assert office.to() == {"ana": 1}
    office.post_for_a_day()
    assert office.to() == {"ana": 2, "ben": 1}
    again = [message for message in office.arrived if "ana" in message["To"]]
    for header in ("Message-ID", "Date", "Subject", "From"):
        assert len({str(message[header]) for message in again}) == 1
    assert len({message.as_string() for message in again}) == 1


def test_a_letter_that_was_claimed_by_a_sender_that_died_waits_for_its_lease(
    office: Office,
) -> None:
    office.write()
    office.mailer.before = [PowerCut()]
    office.breaks()
    office.clock.pass_by(seconds=LEASE.total_seconds() - 1)
    office.post()
    assert office.to() == {}
    office.clock.pass_by(seconds=1)
    office.post()
    assert office.to() == {"ana": 1}


@pytest.mark.holds("promise:6")
def test_a_letter_that_is_not_taken_is_tried_again_after_longer_and_longer_waits(
    office: Office,
) -> None:
    office.write()
    office.mailer.before = [MailFailed("busy")] * 3
    waits = []
    while not office.arrived:
        office.post()
        waits.append(office.row().due_at - office.clock.now())
        office.clock.instant = office.row().due_at
    assert waits[:3] == [timedelta(minutes=wait) for wait in (2, 4, 8)]
    office.post_for_a_day()
    assert office.to() == {"ana": 1}


@pytest.mark.holds("promise:6")
def test_a_letter_that_is_never_taken_is_given_up_aloud_and_kept(office: Office) -> None:
    office.write("nobody")
    office.mailer.before = [MailFailed("gone")] * 99
    with capture_logs() as said:
        office.post_for_a_day()
    assert office.row().state is LetterState.FAILED
    assert office.row().tries == TRIES
    assert [line["log_level"] for line in said] == ["warning"] * (TRIES - 1) + ["error"]
    assert said[-1]["event"] == "letter given up"
    assert "nobody" not in str(said)


@pytest.mark.holds("promise:6")
def test_a_letter_that_comes_too_late_to_be_of_use_is_erased_and_the_others_go(
    office: Office,
) -> None:
    office.write("ana", until=office.clock.now() + timedelta(hours=1))
    office.write("ben", until=office.clock.now() + timedelta(days=1))
    office.mailer.before = [MailFailed("busy")] * 10
    with capture_logs() as said:
        office.post_for_a_day()
    assert office.to() == {"ben": 1}
    assert office.row().address == "ben@example.org"  # the only one that is left
    late = [line for line in said if line["event"] == "letter came too late"]
    assert [line["why"] for line in late] == ["busy"]
    assert "ana" not in str(said)


@pytest.mark.parametrize("to", ["nobody", "full"])
def test_a_letter_that_the_server_refuses_for_good_is_given_up_at_once_and_aloud(
    store: Store, smtp: SmtpMailer, sink: Sink, to: str
) -> None:
    with own_app(store.url, smtp) as app:
        office = Office(app, Troubled(smtp), sink.kept)
        office.write(to)
        with capture_logs() as said:
            office.post()
        assert office.row().state is LetterState.FAILED
        assert office.row().tries == 1
        assert said[-1]["event"] == "letter given up"
        assert to not in str(said)
        office.write("ana")
        office.post()
        assert office.to() == {"ana": 1}


@pytest.mark.thorough
@pytest.mark.holds("promise:6")
def test_a_letter_that_the_server_does_not_take_today_goes_when_it_does(
    store: Store, smtp: SmtpMailer, sink: Sink
) -> None:
    with own_app(store.url, smtp) as app:
        office = Office(app, Troubled(smtp), sink.kept)
        office.write("later")
        office.post()
        assert office.row().state is LetterState.QUEUED
        assert office.row().why == "SMTPRecipientsRefused 451"
        sink.is_busy = False
        office.post_for_a_day()
        assert office.to() == {"later": 1}
        assert office.row().why == ""


def test_a_letter_that_was_given_up_can_be_sent_again_when_that_is_mended(office: Office) -> None:
    office.write()
    office.mailer.before = [MailRefused("no such person")]
    office.post()
    with office.app.app_context(), transaction():
        letters.try_again(office.row().id, now=office.clock.now())
    office.post()
    assert office.to() == {"ana": 1}
    with office.app.app_context(), pytest.raises(Refused) as refused, transaction():
        letters.try_again(office.row().id, now=office.clock.now())
    assert refused.value.reason is STALE
    office.post_for_a_day()
    assert office.to() == {"ana": 1}


@pytest.mark.holds("promise:6")
def test_one_letter_that_can_not_be_written_stops_none_of_the_others(office: Office) -> None:
    office.write("ana")
    with office.app.app_context(), transaction():
        broken = db.session.scalars(select(OutboxLetter)).one()
        broken.facts = {"call_id": str(CALL)}  # a fact that its template needs is missing
    for number in range(2 * BATCH):
        office.write(f"member{number}")
    with capture_logs() as said:
        office.post_for_a_day()
    assert len(office.to()) == 2 * BATCH
    assert set(office.to().values()) == {1}
    assert office.states()[LetterState.FAILED] == 1
    assert said[-1]["event"] == "letter given up"


@pytest.mark.holds("promise:6")
def test_a_slow_mail_server_does_not_let_the_letters_behind_go_twice(store: Store) -> None:
    """Each letter takes it three minutes, and after the fourth another poster comes by."""
    kept = KeptMail()

    @dataclass
    class Slow:
        another: Callable[[], object] = lambda: None

        def send(self, message: EmailMessage) -> None:
            kept.send(message)
            office.clock.pass_by(minutes=3)
            if len(kept.kept) == 4:
                self.another()

    slow = Slow()
    with own_app(store.url, slow) as app, ThreadPoolExecutor(1) as elsewhere:
        office = Office(app, Troubled(slow), kept.kept)
        for number in range(6):
            office.write(f"member{number}")
        slow.another = lambda: elsewhere.submit(office.post).result()
        office.post()
        assert set(office.to().values()) == {1}
        assert office.states() == {LetterState.SENT: 6}


@pytest.mark.thorough
@pytest.mark.holds("promise:6")
def test_posters_that_work_at_once_send_each_letter_once(office: Office) -> None:
    people = [f"member{number}" for number in range(BATCH)]
    for person in people:
        office.write(person)
    start = Barrier(3)

    def go() -> None:
        start.wait()
        office.post()

    with ThreadPoolExecutor(3) as posters:
        for done in [posters.submit(go) for _ in range(3)]:
            done.result()
    assert office.to() == dict.fromkeys(people, 1)
    assert office.states() == {LetterState.SENT: BATCH}


@pytest.mark.holds("promise:6")
def test_what_is_said_once_is_written_once(office: Office) -> None:
    for _ in range(3):
        office.write(once="decision:1")
    office.write(once="decision:2")
    office.post_for_a_day()
    office.write(once="decision:1")
    office.post()
    assert office.to() == {"ana": 2}


@pytest.mark.holds("promise:6")
def test_a_letter_that_is_due_later_waits_and_is_not_lost(office: Office) -> None:
    morning = office.clock.now() + timedelta(hours=10)
    office.write(due_at=morning)
    office.clock.instant = morning - timedelta(seconds=1)
    office.post()
    assert office.to() == {}
    office.clock.instant = morning
    office.post()
    assert office.to() == {"ana": 1}
    assert office.row().tries == 1


# What is in a letter


def test_a_letter_that_can_be_stopped_says_how_in_one_piece(office: Office) -> None:
    """As mail programs look for it (RFC 8058), and on the way back as it was."""
    office.write("ana", stops={"account": str(CALL), "news": "calls"})
    office.write("ben")
    office.post()
    stops, stays = sorted(office.arrived, key=lambda each: str(each["To"]))
    found = re.fullmatch(
        r"<https://circles\.example\.org/news/stop/([\w.-]+)>", stops["List-Unsubscribe"]
    )
    assert found
    assert stops["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    with office.app.app_context():
        assert unseal_facts(STOP, found[1]) == {"account": str(CALL), "news": "calls"}
    assert found[1] in words(stops)
    assert stays["List-Unsubscribe"] is stays["List-Unsubscribe-Post"] is None
    assert "/news/stop/" not in words(stays)


def test_its_address_goes_over_the_line_unbroken(
    store: Store, smtp: SmtpMailer, sink: Sink
) -> None:
    with own_app(store.url, smtp, base_url="https://circles.example.org") as app:
        office = Office(app, Troubled(smtp), sink.kept)
        office.write("ana", stops={"account": str(CALL), "news": "calls"})
        office.post()
    (heard,) = sink.heard
    line = rb"\r\nList-Unsubscribe: <https://circles\.example\.org/news/stop/[\w.-]+>\r\n"
    assert re.search(line, heard)


def test_times_in_a_letter_are_the_readers_own(office: Office) -> None:
    office.write("priya", zone="Asia/Kolkata")
    office.write("ben", zone="America/New_York")
    office.post()
    bodies = {str(each["To"]): " ".join(words(each).split()) for each in office.arrived}
    assert "Wednesday 25 November, 12:00 am" in bodies["priya@example.org"]
    assert "Tuesday 24 November, 1:30 pm" in bodies["ben@example.org"]


@pytest.mark.holds("promise:10")
def test_a_letter_leads_to_our_own_address_and_names_no_illness_outside(office: Office) -> None:
    office.write()
    with office.app.test_request_context(base_url="http://elsewhere.example.net"):
        post(office.clock.now())  # whoever asked under whichever name
    (message,) = office.arrived
    assert f"https://circles.example.org/calls/{CALL}" in words(message)
    assert "elsewhere" not in message.as_string()
    assert message["From"] == "Circles <post@example.org>"
    assert message["Subject"] == "Circles: your seat is confirmed"
    assert message["Auto-Submitted"] == "auto-generated"
    for header in ("From", "Subject", "Message-ID", "To"):
        assert "ystonia" not in message[header]
        assert "Neck" not in message[header]


def test_the_name_in_the_mailbox_is_the_owners_choice(store: Store) -> None:
    kept = KeptMail()
    with own_app(store.url, kept, discreet_name="Thursday club") as app:
        office = Office(app, Troubled(kept), kept.kept)
        office.write()
        office.post()
    assert kept.kept[0]["Subject"] == "Thursday club: your seat is confirmed"
    assert str(kept.kept[0]["From"]).startswith("Thursday club <")


def test_facts_come_out_of_the_outbox_as_they_went_in(office: Office) -> None:
    @dataclass(frozen=True)
    class Everything:
        at: datetime
        who: UUID
        words: str
        times: tuple[datetime, ...]
        state: LetterState
        nothing: None = None

    Everything.__module__ = "community.calls.rules"
    who = uuid4()
    facts = Everything(TUESDAY, who, "Tea’s ready", (TUESDAY,), LetterState.SENT)
    with office.app.app_context(), transaction():
        letters.write("ana@example.org", facts, zone="UTC", now=office.clock.now())
    instant = {"instant": "2026-11-24T18:30:00+00:00"}
    assert office.row().kind == "calls/everything"
    assert office.row().facts == {
        "at": instant,
        "who": str(who),
        "words": "Tea’s ready",
        "times": [instant],
        "state": "sent",
        "nothing": None,
    }
