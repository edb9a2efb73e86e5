"""The letters of moderation, as they arrive."""

import re

import pytest
from sqlalchemy import delete

from community.accounts.models import StaffRole
from community.core.db import db
from community.moderation.jobs import tell_of_hidden
from community.moderation.rules.case import Outcome


@pytest.mark.holds("moderation:6", "promise:8")
@pytest.mark.parametrize("outcome", [Outcome.HIDE, Outcome.REMOVE])
def test_the_author_gets_a_whole_statement_of_reasons(cast, make, reply_id, arrived, outcome):
    item_id = make.report(reply_id, cast.ben, "stop_treatment")
    make.decision(item_id, cast.mori, outcome, rule_id="medicine", why="Only a prescriber can.")
    ((subject, body),) = arrived("ana@example.org")
    assert subject == "Circles: about something you wrote"
    done = {Outcome.HIDE: "We’ve hidden", Outcome.REMOVE: "We’ve removed"}[outcome]
    for words in (
        done,
        "Which guideline: Medicine, injections and surgery",
        "Why: Only a prescriber can.",
        "Reported as: Pressure to stop or change a medicine or treatment.",
        "No program decided.",
        "It’s about these words only.",
        f"http://localhost/posts/{reply_id}/statement",
        "ask for another look on that page until Sunday 23 May 2027",
    ):
        assert words in body
    assert "Ben" not in body
    assert "tablets" not in body


def test_the_author_is_told_when_words_come_back_by_themselves(cast, make, reply_id, arrived):
    make.decision(make.report(reply_id, cast.ben, "graphic"), cast.mori, Outcome.HIDE)
    ((_, body),) = arrived("ana@example.org")
    assert "it comes back by itself: Monday 23 November, 12:00 pm." in " ".join(body.split())


@pytest.mark.parametrize(
    ("reason", "words"),
    [("graphic", "It’s shown again."), ("stop_treatment", "nobody has decided about it yet.")],
)
def test_after_three_days_the_author_is_told_either_way_once(
    app, cast, make, clock, reply_id, arrived, reason, words
):
    make.decision(make.report(reply_id, cast.ben, reason), cast.mori, Outcome.HIDE)
    arrived("ana@example.org")

    def told() -> list[str]:
        with app.app_context():
            tell_of_hidden(clock.now())
        return [" ".join(body.split()) for _, body in arrived("ana@example.org")[1:]]

    clock.pass_by(hours=71)
    assert told() == []
    clock.pass_by(hours=1)
    (body,) = told()
    assert words in body
    assert f"/posts/{reply_id}/statement" in body
    clock.pass_by(hours=1)
    assert told() == [body]


@pytest.mark.holds("moderation:7")
def test_nothing_tells_whether_the_only_one_of_the_site_reported_it(
    app, cast, make, clock, reply_id, arrived
):
    """Whoever reported doesn’t decide, so what is said of who takes over would say who it was."""
    others = delete(StaffRole).where(StaffRole.account_id != cast.pat.id)
    make.done(lambda: db.session.execute(others))
    make.joined(cast.group_id, cast.pat, cast.marta)
    posts = [reply_id, make.reply(make.thread(cast.group_id, cast.ben), cast.ana, "Stop it now.")]
    for post_id, reporter in zip(posts, (cast.ben, cast.pat), strict=True):
        make.decision(make.report(post_id, reporter, "stop_treatment"), cast.mori, Outcome.HIDE)
    before = len(arrived("ana@example.org"))
    clock.pass_by(hours=72)
    with app.app_context():
        tell_of_hidden(clock.now())
    said = [" ".join(body.split()) for _, body in arrived("ana@example.org")[before:]]
    assert "The platform team takes over now, if anybody there may decide about it." in said[0]
    one, other = (re.sub("/posts/[^/]+/", "/posts/…/", body) for body in said)
    assert one == other


def test_of_what_was_decided_meanwhile_nothing_more_is_said(
    app, cast, make, clock, reply_id, letters
):
    item_id = make.report(reply_id, cast.ben, "graphic")
    make.decision(item_id, cast.mori, Outcome.HIDE)
    make.decision(item_id, cast.mori, Outcome.REMOVE, version=2)
    before = letters()
    clock.pass_by(hours=73)
    with app.app_context():
        tell_of_hidden(clock.now())
    assert letters() == before


@pytest.mark.holds("moderation:8")
@pytest.mark.parametrize(
    ("outcome", "words"), [(Outcome.KEEP, "leave it as it is"), (Outcome.REMOVE, "remove it")]
)
def test_whoever_reported_hears_once_what_a_person_decided(
    cast, make, reply_id, arrived, outcome, words
):
    make.decision(make.report(reply_id, cast.ben), cast.mori, outcome)
    ((subject, body),) = arrived("ben@example.org")
    assert subject == "Circles: an answer to what you told us"
    assert words in body
    assert "A person decided" in body
    assert "Ana" not in body
