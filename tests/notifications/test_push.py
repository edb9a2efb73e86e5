"""A device says that there is something new: each time once, by day, as long as it can be told."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select, update
from werkzeug.test import TestResponse

from community.accounts import actions as accounts_actions
from community.accounts.models import SignedInBrowser
from community.core.actor import Actor, Staff
from community.core.db import db, transaction
from community.core.ports import PushFailed
from community.groups.rules import GroupDeclined
from community.notifications.actions import tell
from community.notifications.push import actions, queries
from community.notifications.push.forms import told_by
from community.notifications.push.jobs import push
from community.notifications.push.models import PushSubscription
from community.notifications.push.rules import LEASE, TRIES, wait_after
from community.notifications.rules import News
from tests.core.push_service import PushService, push_service
from tests.fakes import FrozenClock
from tests.make import Make
from tests.pages import send, token

CHOICES, LETTERS = "/news/choices", "/admin/letters"
ClientFor = Callable[..., FlaskClient]


@pytest.fixture
def service(app: Flask, ports, tmp_path: Path) -> Iterator[PushService]:
    """A push service, and a site with a key for it."""
    with push_service(tmp_path) as started:
        app.extensions["ports"] = replace(ports, pusher=started.pusher())
        yield started


@pytest.fixture
def ana(make: Make) -> Actor:
    return make.member("Ana")


@pytest.fixture
def device(client_for: ClientFor, ana: Actor, service: PushService) -> FlaskClient:
    """Ana’s, which is told from now on."""
    browser = client_for(ana)
    assert subscribe(browser, service).get_json() == {"ok": True}
    return browser


def subscribe(browser: FlaskClient, service: PushService, name: str = "ana") -> TestResponse:
    return browser.post(
        "/news/device/tell",
        json=service.subscription(name),
        headers={"X-CSRFToken": token(browser, CHOICES)},
    )


@pytest.fixture
def news(app: Flask, ana: Actor, clock: FrozenClock) -> Callable[..., None]:
    """Something is new for Ana."""

    def tell_her(about: News | None = None, in_time_for: datetime | None = None) -> None:
        with app.app_context(), transaction():
            letter = GroupDeclined("Neck, evenings", "No.")
            tell(ana.id, letter, about=about, now=clock.now(), in_time_for=in_time_for)

    return tell_her


@pytest.fixture
def beat(app: Flask, clock: FrozenClock) -> Callable[[], None]:
    """The heartbeat comes to the job."""

    def once() -> None:
        with app.app_context():
            push(clock.now())

    return once


@pytest.fixture
def subscriptions(app: Flask) -> Callable[[], int]:
    def count() -> int:
        with app.app_context():
            return db.session.scalars(select(func.count()).select_from(PushSubscription)).one()

    return count


# What it says


def test_a_device_says_once_that_there_is_something_new_and_nothing_of_what(
    device: FlaskClient, service: PushService, news, beat
) -> None:
    beat()
    assert service.heard == []  # nothing is new yet
    news()
    news(News.GROUPS)
    beat()
    beat()
    assert service.opened() == [b"new"]
    news()
    beat()
    assert len(service.heard) == 2


def test_it_is_told_where_the_bell_rings_and_keeps_to_the_night(
    device: FlaskClient, service: PushService, clock: FrozenClock, news, beat
) -> None:
    news(News.WEEKLY)  # she hasn’t chosen that one
    beat()
    assert service.heard == []
    clock.pass_by(hours=11)  # eleven in the evening
    news()
    beat()
    assert service.heard == []
    news(News.AT_START, in_time_for=clock.now() + timedelta(minutes=5))
    beat()
    assert len(service.heard) == 1
    news()
    clock.pass_by(hours=10)
    beat()
    assert len(service.heard) == 2


def test_devices_tell_only_of_what_was_chosen_for_them(
    device: FlaskClient, service: PushService, news, beat
) -> None:
    page = device.get(CHOICES).text
    assert page.count("And on my devices") == len(News)
    ticks = {news: ["bell"] for news in News}
    send(device, CHOICES, **(ticks | {"groups": ["push"]}))
    news(News.CALLS)
    beat()
    assert service.heard == []
    news(News.GROUPS)
    beat()
    assert len(service.heard) == 1
    marked = re.findall(r'<input[^>]*checked[^>]*name="groups"[^>]*>', device.get(CHOICES).text)
    assert len(marked) == 2  # a device says what stands under What’s new


def test_each_of_somebodys_devices_is_told_and_nobody_elses(
    device: FlaskClient, service: PushService, client_for: ClientFor, make: Make, ana: Actor,
    news, beat,
) -> None:  # fmt: skip
    subscribe(client_for(ana), service, "her-phone")
    subscribe(client_for(make.member("Ben")), service, "bens")
    news()
    beat()
    assert sorted(path for path, _, _ in service.heard) == ["/push/ana", "/push/her-phone"]


# What goes wrong


@pytest.mark.holds("promise:6")
def test_it_is_tried_again_ever_later_then_given_up_where_admins_look_until_one_arrives(
    device: FlaskClient, service: PushService, clock: FrozenClock, client_for: ClientFor,
    make: Make, news, beat,
) -> None:  # fmt: skip
    ada = client_for(make.staff("Ada", Staff.ADMIN))
    service.answers = 503
    news()
    for tries in range(1, TRIES + 1):
        beat()
        beat()  # not before it is time
        assert len(service.heard) == tries
        assert ("HTTP 503" in ada.get(LETTERS).text) == (tries == TRIES)
        clock.pass_by(seconds=wait_after(tries).total_seconds())
    beat()
    assert len(service.heard) == TRIES
    service.answers = 201
    clock.instant = clock.instant.replace(hour=12)
    news()
    beat()
    assert len(service.heard) == TRIES + 1
    assert "Devices that could not be told" not in ada.get(LETTERS).text


@pytest.mark.parametrize("status", [404, 410])
def test_a_device_that_has_gone_is_forgotten(
    device: FlaskClient, service: PushService, subscriptions, news, beat, status: int
) -> None:
    service.answers = status
    news()
    beat()
    assert subscriptions() == 0


@pytest.mark.holds("promise:6")
def test_one_teller_has_it_and_when_it_dies_another_takes_over(
    app: Flask, make: Make, ana: Actor, clock: FrozenClock, tmp_path: Path
) -> None:
    """On each database."""
    make.done(lambda: accounts_actions.sign_in(ana.id, "A phone", now=clock.now()))
    with app.app_context(), push_service(tmp_path) as service:
        browser_id = db.session.scalars(select(SignedInBrowser.id)).one()

        def claimed() -> PushSubscription | None:
            with transaction():
                return actions.claim(browser_id, now=clock.now())

        with transaction():
            actions.subscribe(browser_id, told_by(service.subscription()))
        assert claimed() is None  # nothing is new yet
        with transaction():
            actions.ring(ana.id, clock.now())
        first = claimed()
        assert first
        assert claimed() is None
        clock.pass_by(seconds=LEASE.total_seconds())
        second = claimed()
        assert second
        assert second.tries == 2
        with transaction():
            actions.arrived(first)  # too late: it is the second’s now
            assert queries.due(clock.pass_by(seconds=LEASE.total_seconds()), 1) == [browser_id]
            actions.arrived(second)
            assert queries.due(clock.now(), 1) == []


class Meanwhile:
    """A push service on whose way something happens."""

    public_key = "a key"

    def __init__(self, happens: Callable[[], None], ends: Exception | None = None) -> None:
        self.happens, self.ends, self.asked = happens, ends, 0

    def send(self, endpoint: str, key: str, secret: str, *, now: datetime) -> None:
        self.asked += 1
        if self.asked == 1:
            self.happens()
        if self.ends:
            raise self.ends


@pytest.mark.parametrize("ends", [None, PushFailed("HTTP 503")])
def test_what_is_new_while_it_is_on_its_way_is_told_too(
    device: FlaskClient, app: Flask, ports, news, beat, ends: Exception | None
) -> None:
    pusher = Meanwhile(news, ends)
    app.extensions["ports"] = replace(ports, pusher=pusher)
    news()
    beat()
    beat()
    assert pusher.asked == 2


def test_a_fault_of_ours_stops_no_other_device(
    device: FlaskClient, service: PushService, app: Flask, client_for: ClientFor, ana: Actor,
    news, beat,
) -> None:  # fmt: skip
    subscribe(client_for(ana), service, "her-phone")
    with app.app_context(), transaction():
        broken = PushSubscription.endpoint.endswith("/ana")
        db.session.execute(update(PushSubscription).where(broken).values(key="é"))
    news()
    beat()
    assert [path for path, _, _ in service.heard] == ["/push/her-phone"]


# The page


def test_the_page_offers_it_and_takes_it_back_without_script(
    client_for: ClientFor, ana: Actor, service: PushService, subscriptions
) -> None:
    browser = client_for(ana)
    page = browser.get(CHOICES).text
    assert "Tell me on this device" in page
    assert service.pusher().public_key in page
    subscribe(browser, service)
    page = browser.get(CHOICES).text
    assert "This device tells you from now on." in page
    assert "Tell me on this device" not in page
    assert "Tell me on this device" in client_for(ana).get(CHOICES).text  # that is another one
    answer = send(browser, CHOICES, "/news/device/stop")
    assert answer.headers["Location"] == CHOICES
    assert "This device is quiet again." in browser.get(CHOICES).text
    assert subscriptions() == 0


def test_without_a_key_it_is_not_offered(client_for: ClientFor, ana: Actor, tmp_path: Path) -> None:
    browser = client_for(ana)
    assert "On this device" not in browser.get(CHOICES).text
    with push_service(tmp_path) as service:
        assert subscribe(browser, service).status_code == 404


@pytest.mark.holds("asvs:19")
def test_a_device_that_is_signed_out_is_told_nothing(
    device: FlaskClient, service: PushService, subscriptions, news, beat
) -> None:
    send(device, "/home", "/sign-out")
    assert subscriptions() == 0
    news()
    beat()
    assert service.heard == []


def test_a_device_that_changes_hands_tells_its_new_owner_only(
    device: FlaskClient, service: PushService, client_for: ClientFor, make: Make, subscriptions,
    news, beat,
) -> None:  # fmt: skip
    subscribe(client_for(make.member("Ben")), service)
    assert subscriptions() == 1
    news()
    beat()
    assert service.heard == []


@pytest.mark.holds("asvs:35")
@pytest.mark.parametrize(
    "changes",
    [
        {"endpoint": "http://push.example.org/ana"},
        {"endpoint": "https://ana:hush@push.example.org/"},
        {"endpoint": "https:///ana"},
        {"endpoint": "https://push.example.org:port/"},
        {"endpoint": "https://push.example.org/a b"},
        {"endpoint": "https://push.example.org/" + "a" * 2000},
        {"endpoint": 7},
        {"keys": {}},
        {"keys": {"p256dh": "AAAA", "auth": "AAAA"}},
        {"keys": {"p256dh": "é", "auth": None}},
    ],
)
def test_what_is_no_device_is_refused(
    client_for: ClientFor, ana: Actor, service: PushService, subscriptions, changes
) -> None:
    browser = client_for(ana)
    answer = browser.post(
        "/news/device/tell",
        json=service.subscription() | changes,
        headers={"X-CSRFToken": token(browser, CHOICES)},
    )
    assert answer.status_code == 422
    assert answer.get_json()["reason"]["code"] == "not-a-device"
    assert subscriptions() == 0
