"""The bell: it rings when it is true, for whom it is, and costs a page nothing."""

import pytest

from community.core.db import transaction
from community.core.sockets import socketio
from community.groups.rules import GroupDeclined
from community.notifications.actions import tell


@pytest.fixture
def ana(make):
    return make.member("Ana")


@pytest.fixture
def line_of(app, client_for):
    """An open line of somebody's browser."""

    def line(person):
        return socketio.test_client(app, flask_test_client=client_for(person))

    return line


def rings(line) -> int:
    return [one["name"] for one in line.get_received()].count("bell")


def test_it_rings_once_for_each_piece_of_news_after_it_was_kept_and_for_nobody_else(
    app, make, ana, clock, line_of
) -> None:
    hers, anothers = line_of(ana), line_of(make.member("Ben"))
    with app.app_context():
        with transaction():
            tell(ana.id, GroupDeclined("Mornings", "No."), now=clock.now())
            tell(ana.id, GroupDeclined("Evenings", "No."), now=clock.now())
            assert rings(hers) == 0
        assert rings(hers) == 2
        with transaction():
            pass
    assert rings(hers) == 0
    assert rings(anothers) == 0


def test_it_does_not_ring_for_what_was_not_kept(app, ana, clock, line_of) -> None:
    hers = line_of(ana)

    def tell_and_break() -> None:
        with transaction():
            tell(ana.id, GroupDeclined("Mornings", "No."), now=clock.now())
            raise KeyError

    with app.app_context():
        with pytest.raises(KeyError):
            tell_and_break()
        with transaction():
            pass
    assert rings(hers) == 0


def test_it_says_nothing_of_what_the_news_is(app, ana, clock, line_of) -> None:
    hers = line_of(ana)
    with app.app_context(), transaction():
        tell(ana.id, GroupDeclined("Mornings", "No."), now=clock.now())
    assert [one["args"] for one in hers.get_received() if one["name"] == "bell"] == [[{}]]


def test_it_costs_a_page_no_statement(client_for, ana, cost, app, clock) -> None:
    browser = client_for(ana)
    counts = []
    for _ in range(2):
        cost.statements.clear()
        browser.get("/comfort")
        counts.append(int(cost))
        with app.app_context(), transaction():
            tell(ana.id, GroupDeclined("Mornings", "No."), now=clock.now())
    assert counts == [2, 2]
