"""The end of the real server: soon, calm, and with a beginning after it."""

import socket
from contextlib import ExitStack
from pathlib import Path
from threading import Timer

import pytest
from websocket import WebSocketConnectionClosedException

from community.accounts.actions import ask_for_link
from tests.browser.site import started
from tests.core.store import EmptyDatabase
from tests.server.place import Place, come_in, makes


@pytest.mark.thorough
@pytest.mark.holds("promise:7")
def test_it_ends_soon_with_lines_open_and_people_come_back(
    own_place: Place, opened: ExitStack
) -> None:
    make = opened.enter_context(makes(own_place))
    ana = come_in(own_place, make, make.member("Ana"), opened)
    lines = [ana.line() for _ in range(5)]
    assert own_place.end() == 0
    for line in lines:
        with pytest.raises(WebSocketConnectionClosedException):
            line.next("9")  # nobody told it to stay away: the browser comes back by itself
    own_place.start()
    assert ana.line().works()


@pytest.mark.thorough
def test_a_letter_that_is_under_way_is_waited_for_and_nothing_else_is_begun(
    tmp_path: Path, empty_database: EmptyDatabase, opened: ExitStack
) -> None:
    """Whoever takes the letters needs longer than it is until the next job is due."""
    slow = opened.enter_context(socket.create_server(("127.0.0.1", 0)))
    store = opened.enter_context(empty_database("sqlite"))
    port = slow.getsockname()[1]
    place = Place(tmp_path / "var", database_url=store.url, smtp_port=port)
    opened.enter_context(started(place))
    make = opened.enter_context(makes(place))
    make.done(lambda: ask_for_link("ana@example.org", now=make.clock.now()))
    line, _ = slow.accept()
    Timer(5, line.close).start()
    assert place.end() == 0
    assert "cannot schedule" not in place.said()
