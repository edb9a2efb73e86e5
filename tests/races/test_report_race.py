"""Reports, at the moment when something else happens to them: real threads, real commits."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from community.core.db import db
from community.live import actions as live_actions
from community.live.models import LiveRoom, RoomText
from community.live.rules.presses import End
from community.moderation.actions import Choice
from community.moderation.actions import decide as decide_about
from community.moderation.models import Report, ReportedWords, ReviewItem
from community.moderation.reports import actions
from community.moderation.reports.queries import Met
from community.moderation.rules.case import Outcome
from community.moderation.unmasking import actions as unmasking_actions
from community.moderation.unmasking.models import Unmasking
from community.moderation.unmasking.rules import Because, Whose
from tests.core.store import Store
from tests.moderation.typed import TypedCircle, typed_circle_at
from tests.races.presses import at_once

WHY = ("disbelief", "")


@pytest.fixture
def circle(store: Store) -> Iterator[TypedCircle]:
    """A place of its own, where what is kept is kept."""
    with typed_circle_at(store.url) as circle:
        yield circle


def kept(circle: TypedCircle) -> dict[str, int]:
    models = (ReviewItem, Report, ReportedWords, RoomText, LiveRoom)
    with circle.make.app.app_context():
        return {
            model.__name__: db.session.scalar(select(func.count()).select_from(model)) or 0
            for model in models
        }


@pytest.mark.holds("moderation:19")
def test_many_reports_at_once_make_one_item_with_one_copy(circle: TypedCircle) -> None:
    circle.gathered("Mori", "Marta")
    share_id, now = circle.typed(), circle.clock.now()
    presses = [
        partial(actions.report_share, each, circle.call_id, share_id, *WHY, circle.vault, now=now)
        for each in [circle.ben, circle.hana, circle.mori, circle.marta] * 3
    ]
    assert at_once(circle.make, presses) == {"taken": 12}
    counted = kept(circle)
    assert (counted["ReviewItem"], counted["Report"], counted["ReportedWords"]) == (1, 4, 1)


@pytest.mark.holds("circle:13", "moderation:19")
def test_a_report_at_the_end_of_the_circle_has_its_copy_or_was_refused(
    circle: TypedCircle,
) -> None:
    circle.gathered()
    share_id, now = circle.typed(), circle.clock.now()
    report = partial(actions.report_share, circle.ben, circle.call_id, share_id, now=now)
    over = End(by=circle.hana.id)
    end = partial(live_actions.happen, circle.hana, circle.call_id, over, uuid4(), now=now)
    told = at_once(circle.make, [partial(report, *WHY, circle.vault), end])
    counted = kept(circle)
    assert counted["RoomText"] == counted["LiveRoom"] == 0
    was_taken = 1 if told["taken"] == 2 else 0
    assert told["erased"] == 1 - was_taken
    made = (counted["ReviewItem"], counted["Report"], counted["ReportedWords"])
    assert made == (was_taken,) * 3


@pytest.mark.holds("circle:6", "moderation:5", "moderation:19")
def test_words_that_are_hidden_and_reported_at_once_are_hidden_once_in_one_item(
    circle: TypedCircle,
) -> None:
    circle.gathered()
    share_id, now = circle.typed(), circle.clock.now()
    seen, where = circle.board("Hana")["version"], (circle.call_id, share_id)
    by_hana, by_ben = (
        partial(actions.hide_share, circle.hana, *where, seen),
        partial(actions.report_share, circle.ben, *where, *WHY, circle.vault, now=now),
    )
    same = uuid4()
    hides = [partial(by_hana, each, *WHY, circle.vault, now=now) for each in (same, same, uuid4())]
    told = at_once(circle.make, [*hides, by_ben])
    assert told["taken"] + told["stale"] + told.get("not-found", 0) == 4
    counted = kept(circle)
    made = (counted["ReviewItem"], counted["ReportedWords"])
    assert made == (1, 1)
    assert counted["Report"] == 1 + (0 if "not-found" in told else 1)
    assert circle.board("Ben")["words"][-1]["hidden"]


@pytest.mark.holds("moderation:19")
def test_many_reports_of_one_person_at_once_make_one_item(circle: TypedCircle) -> None:
    met, now = Met(group_id=circle.group), circle.clock.now()
    presses = [
        partial(actions.report_person, each, met, circle.ana.id, "harassment", "", now=now)
        for each in [circle.ben, circle.hana, circle.mori] * 4
    ]
    assert at_once(circle.make, presses) == {"taken": 12}
    counted = kept(circle)
    assert (counted["ReviewItem"], counted["Report"]) == (1, 3)


@pytest.mark.holds("moderation:3", "moderation:19")
def test_a_report_of_somebody_while_it_is_decided_is_in_that_item_or_opens_another(
    circle: TypedCircle,
) -> None:
    met, now = Met(group_id=circle.group), circle.clock.now()
    first = circle.make.report_person(circle.ana, circle.ben, group_id=circle.group)
    assert first is not None
    choice = Choice(Outcome.KEEP, "experience", "Nothing in it.", "", 1)
    presses = [
        partial(decide_about, circle.marta, first, choice, now=now),
        partial(actions.report_person, circle.hana, met, circle.ana.id, "harassment", "", now=now),
    ]
    assert at_once(circle.make, presses) == {"taken": 2}
    with circle.make.app.app_context():
        items = db.session.scalars(select(ReviewItem).order_by(ReviewItem.opened_at)).all()
        open_ones = [each for each in items if each.closed_at is None]
        reports = db.session.scalars(select(Report.item_id)).all()
    assert len(open_ones) == len(items) - 1
    assert sorted(reports.count(each.id) for each in items) in ([2], [1, 1])


@pytest.mark.holds("moderation:7")
def test_a_report_that_is_taken_back_while_its_sender_is_looked_up_was_looked_up_or_is_gone(
    circle: TypedCircle,
) -> None:
    now = circle.clock.now()
    item_id = circle.make.report_person(
        circle.ana, circle.ben, group_id=circle.group, reason="threat_other"
    )
    assert item_id is not None
    pat = replace(circle.make.actor(circle.pat), signed_in_at=now)
    asked = (pat, item_id, Whose.REPORTERS, Because.HARM, "To ask what was said.")
    presses = [
        partial(unmasking_actions.look_up, *asked, now=now),
        partial(actions.take_back, circle.ben, circle.ana.id, group_id=circle.group, now=now),
    ]
    told = at_once(circle.make, presses)
    with circle.make.app.app_context():
        looked_up = db.session.scalars(select(Unmasking.account_id)).all()
    assert told in ({"taken": 2}, {"taken": 1, "not-found": 1})
    assert looked_up == [circle.ben.id] * (told["taken"] - 1)
