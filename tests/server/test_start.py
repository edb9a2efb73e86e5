"""The beginning of the real server, and when there is none."""

from pathlib import Path

import pytest

from community.accounts import actions as accounts_actions
from tests.core.store import EmptyDatabase
from tests.server.conftest import served
from tests.server.place import Place, makes


@pytest.mark.thorough
def test_it_does_not_start_on_a_store_of_the_demo(
    tmp_path: Path, empty_database: EmptyDatabase
) -> None:
    with served("threading", tmp_path, empty_database) as place, makes(place) as make:
        now = make.clock.now()
        make.done(lambda: accounts_actions.arrive("ana@demo.invalid", is_demo=True, now=now))
        place.end()
        with pytest.raises(AssertionError, match="invented people of the demo"):
            place.start()
        assert "Traceback" not in place.said()


def test_it_says_at_once_why_it_does_not_start(tmp_path: Path) -> None:
    place = Place(tmp_path, database_url="mysql://host/circles", async_mode="eventlet")
    with pytest.raises(AssertionError):
        place.start()
    first, *problems = place.said().splitlines()
    assert first == "This site can’t start yet:"
    assert [line.split(":")[0] for line in problems] == ["- DATABASE_URL", "- ASYNC_MODE"]
