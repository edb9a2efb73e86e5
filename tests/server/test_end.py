"""The end of the real server: soon, calm, and with a beginning after it."""

from contextlib import ExitStack

import pytest
from websocket import WebSocketConnectionClosedException

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
