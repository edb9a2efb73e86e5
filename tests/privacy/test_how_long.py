"""The page for whoever runs it says how long things are kept: the code keeps them as long."""

from datetime import timedelta
from pathlib import Path

import pytest
from dateutil.relativedelta import relativedelta

from community.accounts import rules as accounts
from community.calls import attendance
from community.live.rules import after
from community.moderation.retention import rules as retention
from community.moderation.rules import case
from community.moderation.seals import rules as seals
from community.notifications import rules as news
from community.threads.pictures import rules as pictures
from community.threads.rules import drafts
from community.threads.taken_back import rules as taken_back

PAGE = Path(__file__).parents[2] / "docs" / "privacy.md"
ROWS = dict(
    line.strip("| ").split(" | ", 1)
    for line in PAGE.read_text().partition("## How long things are kept")[2].splitlines()
    if line.startswith("| ")
)


def length(said: str) -> timedelta | relativedelta:
    """What these words of the page mean."""
    in_words = {
        "a week": timedelta(days=7),
        "one year after": relativedelta(years=1),
        "three years": relativedelta(years=3),
    }
    return in_words[said] if said in in_words else timedelta(days=int(said.partition(" ")[0]))


@pytest.mark.parametrize(
    ("what", "said", "kept"),
    [
        ("Drafts, with their pictures", "90 days", drafts.KEPT_FOR),
        ("Drafts, with their pictures", "90 days", pictures.KEPT_FOR),
        ("Drafts that were thrown away, with their pictures", "30 days", pictures.COMES_BACK_FOR),
        ("Drafts that were thrown away, with their pictures", "30 days", taken_back.KEPT_FOR),
        ("Posts that their author took back", "30 days", taken_back.KEPT_FOR),
        ("What’s new, and who was at a call", "90 days", news.KEPT),
        ("What’s new, and who was at a call", "90 days", attendance.KEPT),
        ("That somebody had quiet days", "a week", news.REMEMBERED),
        ("Lines after a circle", "30 days", after.LINES_ARE_KEPT),
        ("A browser that is signed in", "30 days without a visit", accounts.IDLE),
        ("A browser that is signed in", "90 in all", accounts.LIFE),
        ("Locked copies of what was reported", "184 days after the decision", case.APPEAL),
        (
            "The record of who did what, and who looked or looked up a name",
            "three years",
            seals.KEPT,
        ),
        ("Decisions, with their item and all that hangs on it", "three years", seals.KEPT),
        (
            "Steps taken for somebody in danger, second opinions about it, and what reports of it "
            "say",
            "one year after",
            retention.STEPS_KEPT,
        ),
    ],
)
def test_it_is_kept_as_long_as_the_page_says(
    what: str, said: str, kept: timedelta | relativedelta
) -> None:
    assert said in ROWS[what]
    assert kept == length(said)


def test_what_the_page_says_isn_t_kept_isn_t() -> None:
    assert ROWS["What you take out"] == "made at the press, and not kept"
    assert ROWS["Network addresses"].startswith("not kept")  # test_no_addresses.py
