"""After a circle: thanks, how it landed, a line to the facilitators, a thread of its own."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from community.calls.models import Attendance
from community.calls.rules.seats import Was
from community.core.actor import Actor
from community.core.db import db
from community.live.jobs import erase_what_waited
from community.live.models import AfterLine
from community.live.rules.after import LONGEST_LINE
from community.threads.models import Thread, ThreadReader
from tests.fakes import FrozenClock
from tests.live.circle import Circle, ClientFor
from tests.make import Make

SECRET = "Cloudberries on the hill."
Letters = Callable[[], list[tuple[str, str]]]


class Over(Circle):
    """A circle that Hana led and Ana came to. Ben is in the group and wasn’t there."""

    def __init__(self, make: Make, client_for: ClientFor, clock: FrozenClock) -> None:
        super().__init__(make, client_for, clock)
        self.join("Hana")
        self.join("Ana")
        assert self.press("Hana", "end").status_code == 200

    def go(self, name: str, to: str = "thanks") -> TestResponse:
        return self.browsers[name].get(f"/calls/{self.call_id}/{to}")

    def send(self, name: str, to: str, **form: str) -> TestResponse:
        return self.post(name, f"/calls/{self.call_id}/{to}", form)

    def everything(self) -> str:
        """Every row of every table."""
        with self.make.app.app_context():
            tables = db.metadata.sorted_tables
            return str([row for each in tables for row in db.session.execute(each.select())])


@pytest.fixture
def over(make: Make, client_for: ClientFor, clock: FrozenClock) -> Over:
    return Over(make, client_for, clock)


def was(app: Flask, call_id: UUID, person: Actor, was: Was) -> None:
    with app.app_context():
        row = db.session.get_one(Attendance, (call_id, person.id))
        row.was, row.follow_up_at = was, None
        db.session.commit()


def test_everybody_is_thanked_alike_and_finds_help(over: Over) -> None:
    for name in ("Hana", "Ana", "Ben"):
        page = over.go(name)
        assert page.status_code == 200
        assert "Everybody who came, whether they spoke, typed, passed or listened" in page.text
        assert "Here’s who you can reach now" in page.text
    assert over.go("Stranger").status_code == 404
    over.browsers["Guest"] = over.client_for()
    assert over.go("Guest").status_code == 302


@pytest.mark.holds("circle:9", "promise:10")
def test_how_it_landed_is_answered_on_the_spot_and_kept_nowhere(
    over: Over, letters: Letters
) -> None:
    before, told = over.everything(), letters()
    for how in ("well", "mixed"):
        answer = over.send("Ana", "landed", how=how)
        assert answer.status_code == 200
        assert "Nobody else sees this" in answer.text
    answer = over.send("Ana", "landed", how="not-well")
    assert "Get help now" in answer.text
    assert "A line to the facilitators" in answer.text
    assert over.everything() == before
    assert letters() == told
    assert "How did that land?" in over.go("Ana").text


def test_only_whoever_was_there_is_asked(app: Flask, over: Over) -> None:
    assert "How did that land?" not in over.go("Ben").text
    for name in ("Ben", "Stranger"):
        for to, form in (
            ("landed", {"how": "well"}),
            ("after-line", {"line": "x"}),
            ("circle-thread", {"days": "7", "opening": "x"}),
        ):
            assert over.send(name, to, **form).status_code == 404
    was(app, over.call_id, over.ana, Was.NOT_THERE)
    assert over.send("Ana", "landed", how="well").status_code == 404


@pytest.mark.parametrize("form", [{}, {"how": "badly"}])
def test_an_answer_that_is_none_is_asked_again(over: Over, form: dict[str, str]) -> None:
    answer = over.send("Ana", "landed", **form)
    assert answer.status_code == 422
    assert "There is a problem" in answer.text


@pytest.mark.holds("promise:8", "circle:9")
def test_a_line_is_told_of_without_a_word_opened_by_one_press_and_its_writer_sees_that(
    app: Flask, over: Over, letters: Letters
) -> None:
    assert over.send("Ana", "after-line", line=SECRET).status_code == 302
    assert letters()[-1] == ("Hana", "line_after_circle")
    with app.app_context():
        line_id = db.session.scalar(select(AfterLine.id))
    assert "No facilitator has opened it yet." in over.go("Ana").text
    assert SECRET in over.go("Ana").text
    assert SECRET not in over.go("Hana").text
    assert SECRET not in over.go("Ben").text
    for name in ("Ana", "Ben", "Stranger"):
        assert over.send(name, f"after-lines/{line_id}/open").status_code == 404
    assert over.send("Hana", f"after-lines/{uuid4()}/open").status_code == 404
    assert "No facilitator has opened it yet." in over.go("Ana").text
    assert over.send("Hana", f"after-lines/{line_id}/open").status_code == 302
    assert SECRET in over.go("Hana").text
    assert "A facilitator has opened it." in over.go("Ana").text
    assert over.everything().count(SECRET) == 1


def test_an_empty_line_and_one_too_long_are_asked_for_again_with_every_word(over: Over) -> None:
    too_long = "x" * (LONGEST_LINE + 1)
    assert over.send("Ana", "after-line", line=" ").status_code == 422
    answer = over.send("Ana", "after-line", line=too_long)
    assert answer.status_code == 422
    assert too_long in answer.text
    assert "Get help now" in answer.text


def test_five_lines_wait_at_most(over: Over) -> None:
    for n in range(5):
        assert over.send("Ana", "after-line", line=f"Line {n}.").status_code == 302
    assert over.send("Ana", "after-line", line="One more.").status_code == 409
    answer = over.send("Ana", "landed", how="not-well")
    assert "several lines of yours" in answer.text


def test_without_a_facilitator_there_is_help_and_no_line(app: Flask, over: Over) -> None:
    was(app, over.call_id, over.hana, Was.NOT_THERE)
    answer = over.send("Ana", "landed", how="not-well")
    assert "Get help now" in answer.text
    assert "A line to the facilitators" not in answer.text
    assert over.send("Ana", "after-line", line=SECRET).status_code == 409


def test_lines_are_erased_after_thirty_days(app: Flask, over: Over) -> None:
    over.send("Ana", "after-line", line=SECRET)
    with app.app_context():
        erase_what_waited(over.clock.pass_by(days=29))
    assert SECRET in over.everything()
    with app.app_context():
        erase_what_waited(over.clock.pass_by(days=1))
    assert SECRET not in over.everything()


@pytest.mark.parametrize("days", [7, 14, 30])
def test_a_facilitator_opens_a_thread_that_everybody_who_was_there_finds(
    app: Flask, over: Over, days: int
) -> None:
    assert "Open a thread" in over.go("Hana").text
    assert "Open a thread" not in over.go("Ana").text
    answer = over.send("Hana", "circle-thread", days=str(days), opening=SECRET)
    assert answer.status_code == 302
    thread = answer.headers["Location"]
    assert SECRET in over.browsers["Ana"].get(thread).text
    assert thread in over.go("Ana").text
    assert over.browsers["Ben"].get(thread).status_code == 404
    assert thread not in over.go("Ben").text
    with app.app_context():
        row = db.session.scalars(select(Thread)).one()
        assert row.erase_at == over.clock.now() + timedelta(days=days)
        readers = set(db.session.scalars(select(ThreadReader.account_id)))
    assert readers == {over.hana.id, over.ana.id}


def test_a_circle_has_one_thread_and_only_a_facilitator_opens_it(app: Flask, over: Over) -> None:
    form = {"days": "7", "opening": SECRET}
    assert over.send("Ana", "circle-thread", **form).status_code == 404
    assert over.send("Hana", "circle-thread", **form).status_code == 302
    assert over.send("Hana", "circle-thread", **form).status_code == 409
    with app.app_context():
        assert len(db.session.scalars(select(Thread)).all()) == 1


@pytest.mark.parametrize("form", [{"days": "8", "opening": "x"}, {"days": "7", "opening": ""}])
def test_a_thread_for_other_days_or_without_words_is_not_opened(
    over: Over, form: dict[str, str]
) -> None:
    answer = over.send("Hana", "circle-thread", **form)
    assert answer.status_code == 422
    assert "There is a problem" in answer.text


def test_the_page_costs_the_same_however_many_lines_there_are(over: Over, cost) -> None:
    over.go("Hana")
    cost.statements.clear()
    over.go("Hana")
    before = int(cost)
    for n in range(4):
        over.send("Ana", "after-line", line=f"Line {n}.")
    cost.statements.clear()
    over.go("Hana")
    assert int(cost) == before
    assert before <= 12


@pytest.mark.holds("moderation:21")
def test_somebody_met_only_by_voice_can_be_kept_apart_from(over: Over) -> None:
    page = over.go("Ana").text
    way = f"/apart/{over.hana.id}?back=/calls/{over.call_id}/thanks"
    assert "Keep apart from Hana" in page
    assert way in page
    assert "Keep apart from Ana" not in page
    assert "Keep apart from" not in over.go("Ben").text  # who wasn’t there
    browser = over.browsers["Ana"]
    assert "Keep apart from Hana?" in browser.get(way).text
    answer = over.post("Ana", f"/apart/{over.hana.id}", {"back": f"/calls/{over.call_id}/thanks"})
    assert answer.status_code == 302
    assert answer.location.endswith(f"/calls/{over.call_id}/thanks")
    assert "Keep apart from Hana" not in over.go("Ana").text
