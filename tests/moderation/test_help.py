"""Help that somebody pressed for in a circle, and that nobody there opened."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from community.core.db import db
from community.live.models import HelpPress
from community.live.rules.room import UNANSWERED_AFTER
from community.moderation.jobs import tell_of_help
from community.moderation.models import AuditEvent
from tests.moderation.typed import TypedCircle
from tests.pages import send

A_SECOND = timedelta(seconds=1)

Written = Callable[[], list[tuple[str, str]]]


def time_passes(app: Flask, circle: TypedCircle, span: timedelta) -> None:
    """And the job comes round, twice."""
    now = circle.clock.pass_by(seconds=span.total_seconds())
    with app.app_context():
        for _ in range(2):
            tell_of_help(now)


def ways_to_see_to_it(page: str) -> list[str]:
    return sorted(set(re.findall(r"/moderation/help/[0-9a-f-]+", page)))


@pytest.fixture
def asked(app: Flask, circle: TypedCircle) -> str:
    """Ana has pressed, and nobody opened it. The address at which it is seen to."""
    circle.gathered()
    circle.press("Ana", "help")
    time_passes(app, circle, UNANSWERED_AFTER)
    [address] = ways_to_see_to_it(circle.browsers["Mori"].get("/moderation").text)
    return address


def test_the_moderators_of_the_group_are_told_once_when_nobody_opened_it_in_time(
    app: Flask, circle: TypedCircle, letters: Written
) -> None:
    circle.gathered()
    circle.press("Ana", "help")
    time_passes(app, circle, UNANSWERED_AFTER - A_SECOND)
    assert "help_asked" not in {kind for _, kind in letters()}
    time_passes(app, circle, A_SECOND)
    told = sorted(name for name, kind in letters() if kind == "help_asked")
    assert told == ["Hana", "Marta", "Mori"]  # Hana owns the group


def test_a_moderator_who_pressed_is_not_the_one_who_sees_to_it(
    app: Flask, circle: TypedCircle, letters: Written
) -> None:
    circle.gathered("Mori", "Marta")
    circle.press("Mori", "help")
    time_passes(app, circle, UNANSWERED_AFTER)
    told = sorted(name for name, kind in letters() if kind == "help_asked")
    assert told == ["Hana", "Marta"]
    assert not ways_to_see_to_it(circle.browsers["Mori"].get("/moderation").text)


def test_with_nobody_in_the_group_who_could_the_platform_sees_to_it(
    app: Flask, circle: TypedCircle, letters: Written
) -> None:
    circle.gathered("Mori")
    circle.press("Mori", "help")
    for person in (circle.hana, circle.marta):
        circle.make.held_back(person)
    time_passes(app, circle, UNANSWERED_AFTER)
    told = {name for name, kind in letters() if kind == "help_asked"}
    assert told == {"Pat", "Opener of Neck"}  # who moderate the platform
    [address] = ways_to_see_to_it(circle.browsers["Pat"].get("/moderation").text)
    assert send(circle.browsers["Pat"], address, step="all-right").status_code == 302


@pytest.mark.holds("moderation:17", "circle:9")
def test_it_is_closed_by_what_was_done_and_whoever_pressed_is_told(
    app: Flask, circle: TypedCircle, asked: str, letters: Written
) -> None:
    mori = circle.browsers["Mori"]
    assert "Ana pressed for help" in mori.get("/moderation").text
    for step in ("", "nothing"):
        assert send(mori, asked, step=step).status_code == 404
    assert send(mori, asked, step="somebody-was-there").status_code == 302
    after = mori.get("/moderation").text
    assert "they know that somebody has seen it" in after
    assert not ways_to_see_to_it(after)
    assert ("Ana", "help_seen") in letters()
    with app.app_context():
        assert db.session.query(HelpPress).count() == 0
        [event] = db.session.query(AuditEvent)
        assert (event.action, event.reason) == ("saw-to-help", "somebody-was-there")


def test_the_second_moderator_reads_that_somebody_else_was_first(
    circle: TypedCircle, asked: str
) -> None:
    assert send(circle.browsers["Mori"], asked, step="all-right").status_code == 302
    second = send(circle.browsers["Marta"], asked, step="not-reached")
    assert second.status_code == 409
    assert "Somebody else has seen to this already" in second.text


@pytest.mark.holds("asvs:2")
def test_it_does_not_exist_for_whoever_does_not_look_after_the_group(
    circle: TypedCircle, asked: str
) -> None:
    for _ in range(2):  # and when somebody has seen to it
        for name in ("Ana", "Ben", "Stranger"):
            assert send(circle.browsers[name], asked, step="all-right").status_code == 404
        send(circle.browsers["Mori"], asked, step="all-right")


def test_the_queue_asks_as_many_statements_for_one_as_for_many(
    app: Flask, circle: TypedCircle, asked: str, cost
) -> None:
    mori = circle.browsers["Mori"]

    def statements() -> int:
        cost.statements.clear()
        mori.get("/moderation")
        return len(cost.statements)

    one = statements()
    circle.press("Ben", "help")
    circle.press("Hana", "end")
    assert len(ways_to_see_to_it(mori.get("/moderation").text)) == 2
    assert statements() == one
