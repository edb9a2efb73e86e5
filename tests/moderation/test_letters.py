"""The letters of moderation, as they arrive."""

import pytest

from community.core.post import post
from community.moderation.rules.case import Outcome
from tests.letters import words as words_of


@pytest.fixture
def arrived(app, clock, mail):
    """The letters to one address, posted: (subject, body)."""

    def to(address: str) -> list[tuple[str, str]]:
        with app.app_context():
            post(clock.now())
        kept = [one for one in mail.kept if one["To"] == address]
        return [(one["Subject"], words_of(one)) for one in kept]

    return to


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
