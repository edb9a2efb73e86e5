"""Help that somebody pressed for in a circle, and that nobody there opened."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from community.core.actor import Staff
from community.core.db import db
from community.live.models import HelpPress
from community.live.rules.room import UNANSWERED_AFTER
from community.moderation.help.models import HelpTaken, HelpWanted
from community.moderation.jobs import tell_of_help
from community.moderation.models import AuditEvent
from tests.moderation.typed import TypedCircle
from tests.pages import plain, send

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
    with app.app_context():
        assert db.session.query(HelpPress).count() == 0
        assert db.session.query(HelpWanted).count() == 1


@pytest.mark.holds("moderation:1")
def test_a_moderator_who_pressed_or_keeps_apart_is_not_the_one_who_sees_to_it(
    app: Flask, circle: TypedCircle, letters: Written
) -> None:
    circle.gathered("Mori")
    circle.make.kept_apart(circle.marta, circle.mori)
    circle.press("Mori", "help")
    time_passes(app, circle, UNANSWERED_AFTER)
    told = sorted(name for name, kind in letters() if kind == "help_asked")
    assert told == ["Hana"]
    [address] = ways_to_see_to_it(circle.browsers["Hana"].get("/moderation").text)
    for name in ("Mori", "Marta"):
        browser = circle.browsers[name]
        assert not ways_to_see_to_it(browser.get("/moderation").text)
        assert browser.get(address).status_code == 404
        assert send(browser, "/moderation", address, step="all-right").status_code == 404


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
def test_two_names_close_it_and_whoever_pressed_is_told_once(
    app: Flask, circle: TypedCircle, asked: str, letters: Written
) -> None:
    mori, marta = circle.browsers["Mori"], circle.browsers["Marta"]
    page = plain(mori.get(asked))
    assert "Ana pressed for help" in page
    assert "Ana was with them" not in page
    for step in ("", "nothing", "wrote-it"):
        assert send(mori, asked, step=step).status_code == 404
    assert send(mori, asked, step="second").status_code == 409  # nothing is settled
    for _ in range(2):
        assert send(mori, asked, step="all-right").location == asked
    assert "Your name stands under it" in plain(mori.get("/moderation"))
    assert "I know that they’re all right: Mori" in plain(marta.get(asked))
    assert send(marta, asked, step="second").location == "/moderation"
    assert not ways_to_see_to_it(mori.get("/moderation").text)
    assert letters().count(("Ana", "help_seen")) == 1
    with app.app_context():
        assert db.session.query(HelpWanted).count() == db.session.query(HelpTaken).count() == 0
        events = db.session.query(AuditEvent).filter_by(action="saw-to-help")
        steps = [(each.actor_id, each.reason, each.after) for each in events]
    assert steps == [
        (circle.mori.id, "all-right", "open"),
        (circle.mori.id, "all-right", "open"),
        (circle.marta.id, "second", "closed"),
    ]


@pytest.mark.holds("moderation:17")
def test_whoever_held_the_circle_and_was_with_them_is_the_second_name(
    circle: TypedCircle, asked: str
) -> None:
    mori = circle.browsers["Mori"]
    assert "Hana was with them" in plain(mori.get(asked))
    for nobody in (circle.ben.id, circle.ana.id, circle.mori.id):
        answer = send(mori, asked, step="there", who=str(nobody))
        assert answer.status_code == 409
    assert send(mori, asked, step="there", who=str(circle.hana.id)).location == "/moderation"


@pytest.mark.holds("moderation:17")
def test_not_reached_closes_nothing_and_goes_up_to_a_safety_lead(
    circle: TypedCircle, asked: str, letters: Written, client_for
) -> None:
    mori, marta = circle.browsers["Mori"], circle.browsers["Marta"]
    lea = client_for(circle.make.staff("Lea", Staff.SAFETY_LEAD))
    assert send(mori, asked, step="not-reached").location == asked
    assert [name for name, kind in letters() if kind == "help_goes_up"] == ["Lea"]
    for again in ("not-reached", "done"):
        assert send(marta, asked, step=again).status_code == 409
    assert "A safety lead has it too." in plain(marta.get("/moderation"))
    assert "I couldn’t find out more: Mori" in plain(lea.get(asked))
    assert send(lea, asked, step="done").location == "/moderation"  # Mori’s name and theirs
    assert marta.get(asked).status_code == 404


def test_whoever_comes_later_reads_that_it_is_seen_to(circle: TypedCircle, asked: str) -> None:
    marta = circle.browsers["Marta"]
    send(circle.browsers["Mori"], asked, step="there", who=str(circle.hana.id))
    late = send(marta, "/moderation", asked, step="not-reached")
    assert late.status_code == 409
    assert "Somebody else has seen to this already" in late.text


def test_they_are_written_to_and_the_record_has_no_word_of_it(
    app: Flask, circle: TypedCircle, asked: str, arrived
) -> None:
    mori, to = circle.browsers["Mori"], f"{asked}/write"
    for form in ({"words": "", "country": ""}, {"words": "Hello", "country": "narnia"}):
        assert send(mori, asked, to, **form).status_code == 422
    form = {"words": "I’m glad you pressed.", "country": "germany"}
    assert send(mori, asked, to, **form).location == asked
    with app.app_context():
        address = circle.make.done(lambda: circle.make.actor(circle.ana)).name.lower()
    subject, body = arrived(f"{address}@example.org")[-1]
    assert subject == "Circles: somebody wrote to you"
    assert "I’m glad you pressed." in body
    assert "0800 111" in body
    assert "Wrote to them: Mori" in plain(mori.get(asked))


@pytest.mark.holds("asvs:2")
def test_it_does_not_exist_for_whoever_does_not_look_after_the_group(
    circle: TypedCircle, asked: str
) -> None:
    for _ in range(2):  # and when somebody has seen to it
        for name in ("Ana", "Ben", "Stranger"):
            browser = circle.browsers[name]
            assert browser.get(asked).status_code == 404
            for to in (asked, f"{asked}/write"):
                answer = send(browser, "/calls", to, step="all-right", words="x", country="")
                assert answer.status_code == 404
        send(circle.browsers["Mori"], asked, step="there", who=str(circle.hana.id))


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
    time_passes(app, circle, A_SECOND)
    assert len(ways_to_see_to_it(mori.get("/moderation").text)) == 2
    assert statements() == one
