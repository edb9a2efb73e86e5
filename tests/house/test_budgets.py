"""No page asks more of the database, or sends more, than was agreed."""

import json
from collections.abc import Mapping

import pytest

from bench.budgets import KEPT, counted

SLACK = 0.02  # of the bytes: tokens and ids differ a little each time
AGREED: Mapping[str, Mapping[str, int]] = json.loads(KEPT.read_text())


@pytest.fixture(scope="module")
def now(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Mapping[str, int]]:
    return counted(tmp_path_factory.mktemp("budgets"))


def test_every_measured_page_has_a_budget(now: Mapping[str, Mapping[str, int]]):
    assert now.keys() == AGREED.keys()


@pytest.mark.parametrize("page", AGREED)
@pytest.mark.parametrize("what", ["statements", "rows"])
def test_a_page_asks_of_the_database_what_was_agreed(
    now: Mapping[str, Mapping[str, int]], page: str, what: str
):
    """Less is good news: `make budgets` keeps it."""
    assert now[page][what] == AGREED[page][what]


@pytest.mark.parametrize("page", AGREED)
def test_a_page_sends_what_was_agreed(now: Mapping[str, Mapping[str, int]], page: str):
    assert now[page]["bytes"] == pytest.approx(AGREED[page]["bytes"], rel=SLACK)
