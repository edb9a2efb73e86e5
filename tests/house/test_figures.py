"""What pages say of times and numbers is what the rules hold."""

from datetime import timedelta
from pathlib import Path

import pytest

from community.accounts.rules import IDLE, LINK_LIFE
from community.calls import attendance
from community.calls.rules.times import LOBBY_OPENS, STANDBY_COMES_IN
from community.live.rules.after import LINES_ARE_KEPT
from community.moderation.about.rules import LENGTHS
from community.moderation.rules.case import APPEAL
from community.notifications import rules as news
from community.threads.rules.drafts import KEPT_FOR
from community.threads.rules.posts import TAGS_MOST
from community.threads.taken_back import rules as taken_back

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"

HOUR, MONTH, SEASON = timedelta(hours=1), timedelta(days=30), timedelta(days=90)

SAID = [
    ("accounts/letters/sign_in_link_asked.html", "for one hour", HOUR, LINK_LIFE),
    ("accounts/link_sent.html", "for one hour", HOUR, LINK_LIFE),
    ("calls/_came.html", "erased after 90 days", SEASON, attendance.KEPT),
    ("calls/_seat_box.html", "three minutes after", timedelta(minutes=3), STANDBY_COMES_IN),
    ("home/my_place.html", "a quarter of an hour before", timedelta(minutes=15), LOBBY_OPENS),
    ("home/privacy.html", "words you haven’t sent, for 90 days", SEASON, KEPT_FOR),
    ("home/privacy.html", "who was in a call, for 90 days", SEASON, attendance.KEPT),
    ("home/privacy.html", "after a circle, for 30 days", MONTH, LINES_ARE_KEPT),
    ("home/privacy.html", "signed out after 30 days", MONTH, IDLE),
    ("home/privacy.html", "until half a year after", timedelta(days=184), APPEAL),
    ("home/privacy.html", "for half a year at most", 184, max(LENGTHS)),
    ("live/thanks.html", "erased after 30 days", MONTH, LINES_ARE_KEPT),
    ("moderation/_copy.html", "Half a year after the decision", timedelta(days=184), APPEAL),
    ("notifications/index.html", "about three months", SEASON, news.KEPT),
    ("threads/_tags.html", "Five at most", 5, TAGS_MOST),
    ("threads/drafts.html", "for 90 days", SEASON, KEPT_FOR),
    ("threads/throw_away.html", "back for 30 days", MONTH, taken_back.KEPT_FOR),
    ("home/privacy.html", "30 days after you throw them away", MONTH, taken_back.KEPT_FOR),
]


@pytest.mark.parametrize(("page", "words", "said", "held"), SAID)
def test_a_page_says_what_the_rule_holds(page: str, words: str, said: object, held: object) -> None:
    assert words in (TEMPLATES / page).read_text()
    assert said == held
