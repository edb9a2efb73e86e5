"""What may say who somebody is waits from the first report on, and comes first in the queue."""

import pytest

from community.core.verdict import Refused
from community.moderation.queue.rules import Urgency
from community.moderation.reports import actions as report_actions
from community.moderation.rules.case import HELD, Outcome
from community.moderation.rules.reasons import REASONS
from community.moderation.rules.reporting import holds_at_once
from community.threads import actions as threads_actions
from community.threads import queries as threads_queries
from community.threads.rules.posts import PostState
from tests.moderation.test_actions import queued, state
from tests.pages import plain, send

SAYS = "privacy_id"


@pytest.mark.parametrize("reason", REASONS.values(), ids=lambda reason: reason.id)
def test_for_one_reason_alone_something_is_held_and_not_when_somebody_has_read_it(reason) -> None:
    assert holds_at_once(reason, was_left=False, was_declined=False) is (reason.id == SAYS)
    assert not holds_at_once(reason, was_left=True, was_declined=False)
    assert not holds_at_once(reason, was_left=False, was_declined=True)


@pytest.fixture
def place(reply_id) -> str:
    return f"/posts/{reply_id}/report/private"


@pytest.mark.holds("moderation:7", "moderation:13")
def test_others_dont_see_it_any_more_and_its_writer_reads_no_word_of_a_report(
    cast, make, client_for, letters, arrived, reply_id, place
) -> None:
    ben, thread = client_for(cast.ben), f"/threads/{make.thread_of(reply_id)}"
    assert send(ben, place, reason=SAYS, words="That’s me.").location.endswith("/reported")
    assert state(make, reply_id) is PostState.HELD
    assert "tablets" not in client_for(cast.hana).get(thread).text
    assert "tablets" not in ben.get(thread).text
    anas = plain(client_for(cast.ana).get(thread))
    assert "Just stop the tablets now." in anas
    assert "reported" not in anas.lower()
    assert letters() == [("Ana", "post_waits")]
    ((subject, told),) = arrived("ana@example.org")
    assert subject == "Circles: about something you wrote"
    assert "Nothing is decided yet." in told
    for word in ("report", "Ben", "who somebody is", "tablets"):
        assert word not in told
    assert "Thank you for telling us" in ben.get(f"/posts/{reply_id}/reported").text


@pytest.mark.holds("moderation:1", "moderation:25")
def test_it_is_first_in_the_queue_and_shown_given_back_or_removed(
    cast, make, client_for, clock, reply_id
) -> None:
    thread_id = make.thread(cast.group_id, cast.ben)
    crisis = make.report(make.reply(thread_id, cast.ana), cast.ben, "crisis_self")
    clock.pass_by(hours=1)
    make.report(reply_id, cast.hana, "harassment")  # no less grave, and before it
    item_id = make.report(reply_id, cast.ben, SAYS)
    assert queued(make, cast.mori.id, clock) == ([item_id, crisis], 0)
    words = client_for(cast.mori).get(f"/moderation/{item_id}").text
    for outcome in HELD:
        assert f'value="{outcome}"' in words
    make.decision(item_id, cast.mori, Outcome.APPROVE, version=2)
    assert state(make, reply_id) is PostState.PUBLISHED


def test_what_somebody_left_is_not_held_again_by_the_next_one_until_it_is_changed(
    cast, make, clock, reply_id
) -> None:
    make.decision(make.report(reply_id, cast.ben, SAYS), cast.mori, Outcome.APPROVE, version=2)
    clock.pass_by(minutes=1)
    make.report(reply_id, cast.hana, SAYS)
    assert state(make, reply_id) is PostState.PUBLISHED
    clock.pass_by(minutes=1)
    make.done(lambda: threads_actions.edit(cast.ana, reply_id, "Ask Ben.", 1, now=clock.now()))
    make.report(reply_id, make.owner(cast.group_id), SAYS)
    assert state(make, reply_id) is PostState.HELD


def test_whoever_was_lately_told_that_such_words_stay_holds_nothing_and_is_heard(
    cast, make, clock, reply_id
) -> None:
    make.decision(make.report(reply_id, cast.ben, SAYS), cast.mori, Outcome.APPROVE, version=2)
    thread_id = make.thread(cast.group_id, cast.ben)
    other = make.reply(thread_id, cast.ana)
    assert make.report(other, cast.ben, SAYS)
    assert state(make, other) is PostState.PUBLISHED
    clock.pass_by(days=31)
    third = make.reply(thread_id, cast.ana)
    make.report(third, cast.ben, SAYS)
    assert state(make, third) is PostState.HELD


def test_taken_back_it_is_still_read_before_others_see_it(cast, make, clock, reply_id) -> None:
    item_id = make.report(reply_id, cast.ben, SAYS)
    make.done(lambda: report_actions.take_back(cast.ben, reply_id, now=clock.now()))
    assert state(make, reply_id) is PostState.HELD
    assert queued(make, cast.mori.id, clock) == ([item_id], 0)


def test_a_second_report_finds_nothing_to_report(cast, make, reply_id) -> None:
    make.report(reply_id, cast.ben, SAYS)
    with pytest.raises(Refused) as refused:
        make.report(reply_id, cast.hana, SAYS)
    assert refused.value.reason.status == 404
    assert not make.done(lambda: threads_queries.reviewed(reply_id).is_shown(make.clock.now()))


def test_a_place_in_the_queue_is_read_as_it_is_written(clock, reply_id) -> None:
    place = Urgency(0, clock.now(), reply_id)
    assert Urgency.read(str(place)) == place
