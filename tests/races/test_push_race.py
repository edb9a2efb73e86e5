"""Pushes: several tellers at once, and the power gone at every boundary. Every device is told; only
a crash between the push service’s yes and our commit tells it once more, of the same thing.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select, update

from community.accounts import actions as accounts_actions
from community.accounts.models import SignedInBrowser
from community.core.actor import Actor
from community.core.db import db, transaction
from community.notifications.push import actions
from community.notifications.push.forms import told_by
from community.notifications.push.jobs import push
from community.notifications.push.models import PushSubscription
from community.notifications.push.rules import LEASE
from tests.core.power import in_own_process
from tests.core.push_service import PushService, push_service
from tests.make import Make
from tests.races.test_reminder_race import at_once


@pytest.fixture
def service(make: Make, tmp_path: Path) -> Iterator[PushService]:
    with push_service(tmp_path) as started:
        ports = make.app.extensions["ports"]
        make.app.extensions["ports"] = replace(ports, pusher=started.pusher())
        yield started


@pytest.fixture
def ana(make: Make) -> Actor:
    return make.member("Ana")


def devices(make: Make, ana: Actor, service: PushService, count: int) -> None:
    """So many of Ana’s are told from now on."""
    for _ in range(count):
        make.done(lambda: accounts_actions.sign_in(ana.id, "A phone", now=make.clock.now()))
    with make.app.app_context(), transaction():
        for number, browser_id in enumerate(db.session.scalars(select(SignedInBrowser.id)).all()):
            actions.subscribe(browser_id, told_by(service.subscription(str(number))))


def something_is_new(make: Make, ana: Actor) -> None:
    with make.app.app_context(), transaction():
        actions.ring(ana.id, make.clock.now())


def told(service: PushService) -> Counter[str]:
    return Counter(path.removeprefix("/push/") for path, _, _ in service.heard)


@pytest.mark.holds("promise:6")
def test_tellers_at_once_tell_every_device_once(
    make: Make, ana: Actor, service: PushService
) -> None:
    devices(make, ana, service, 6)
    something_is_new(make, ana)
    now = make.clock.now()
    at_once(make, *[lambda: push(now)] * 3)
    assert told(service) == {str(number): 1 for number in range(6)}


@pytest.mark.holds("promise:6")
def test_wherever_the_power_goes_every_device_is_told(
    make: Make, ana: Actor, service: PushService
) -> None:
    devices(make, ana, service, 1)

    def work() -> None:
        with make.app.app_context():
            push(make.clock.now())

    def anew() -> None:
        with make.app.app_context(), transaction():
            db.session.execute(update(PushSubscription).values(due_at=None, tries=0))
        service.heard.clear()
        something_is_new(make, ana)

    anew()
    boundaries = in_own_process(make.app, work)
    assert "push" in boundaries
    taken = max(number for number, name in enumerate(boundaries) if name == "push")
    kept = max(number for number, name in enumerate(boundaries) if name == "after COMMIT")
    for number, name in enumerate(boundaries):
        anew()
        assert in_own_process(make.app, work, at=number) == boundaries[: number + 1]
        for _ in range(2):
            make.clock.pass_by(seconds=LEASE.total_seconds())
            work()
        times = told(service)["0"]
        assert times == (2 if taken < number < kept else 1), (number, name)
