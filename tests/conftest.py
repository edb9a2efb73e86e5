"""The app inside one transaction that is always undone, the cast, and ways to knock."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import settings
from sqlalchemy import event, select

from community.accounts.models import Account
from community.core.actor import Actor
from community.core.db import db
from community.core.letters import OutboxLetter
from community.core.ports import Ports
from tests.cluster import Cluster
from tests.core.scene import reading_from
from tests.core.store import DATABASES, EmptyDatabase, Store, own_app
from tests.fakes import FrozenClock, KeptMail, PretendMedia
from tests.make import Make
from tests.media_server import MediaServer, serving
from tools.programs import LIVEKIT, POSTGRESQL

pytest_plugins = ["tests.holds"]

# No test here is about how long something takes, and a machine may be busy.
settings.register_profile("untimed", settings(), deadline=None)
settings.load_profile("untimed")

REQUIRE_ALL = os.environ.get("REQUIRE") == "all"


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """With REQUIRE=all a skip is a failure."""
    outcome = yield
    report = outcome.get_result()
    # Debian has no LiveKit, and Go isn’t asked of anybody: without it those tests are skipped.
    is_excused = LIVEKIT.advice() in str(report.longrepr)
    if REQUIRE_ALL and report.skipped and not hasattr(report, "wasxfail") and not is_excused:
        report.outcome = "failed"
        report.longrepr = f"REQUIRE=all, and this was skipped: {report.longrepr}"


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """What makes things and opens no page tests actions and queries: it runs on each database."""
    used = set(metafunc.fixturenames)
    if {"application", "make"} <= used and "client_for" not in used:
        metafunc.parametrize("application", DATABASES, indirect=True)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What runs on the first database already is for a thorough run on the others."""
    for item in items:
        parts = getattr(item, "callspec", None)
        if parts and any(each in DATABASES[1:] for each in parts.params.values()):
            item.add_marker("thorough")


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A PostgreSQL of our own."""
    started = Cluster.start()
    if started is None:
        pytest.skip(POSTGRESQL.advice())
    yield started
    started.stop()


@pytest.fixture(scope="session")
def empty_database(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> EmptyDatabase:
    """Makes an empty database of this kind, and takes it away again."""

    @contextmanager
    def made(kind: str) -> Iterator[Store]:
        if kind == "sqlite":
            folder = tmp_path_factory.mktemp("store")
            yield Store(f"sqlite:///{folder}/circles.db", folder)
        else:
            cluster: Cluster = request.getfixturevalue("cluster")
            name = cluster.new()
            try:
                yield Store(cluster.url(name), cluster.folder / "data")
            finally:
                cluster.drop(name)

    return made


@pytest.fixture(scope="session")
def media_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MediaServer]:
    """A LiveKit of our own."""
    if LIVEKIT.find() is None:
        pytest.skip(LIVEKIT.advice())
    with serving(tmp_path_factory.mktemp("media") / "livekit") as started:
        yield started


@pytest.fixture(params=DATABASES)
def store(request: pytest.FixtureRequest, empty_database: EmptyDatabase) -> Iterator[Store]:
    """An empty database of a test’s own. The test runs on each kind."""
    with empty_database(request.param) as store:
        yield store


@contextmanager
def kept_open(kind: str, empty_database: EmptyDatabase) -> Iterator[Flask]:
    """An app for many tests; what its scenes need is open as long as it is."""
    with empty_database(kind) as store, own_app(store.url) as app, ExitStack() as scenes:
        app.extensions["scenes"] = scenes
        yield app


@pytest.fixture(scope="session")
def sqlite_app(empty_database: EmptyDatabase) -> Iterator[Flask]:
    with kept_open("sqlite", empty_database) as app:
        yield app


@pytest.fixture(scope="session")
def postgresql_app(
    empty_database: EmptyDatabase,
) -> Iterator[Flask]:
    with kept_open("postgresql", empty_database) as app:
        yield app


@pytest.fixture
def application(request: pytest.FixtureRequest) -> Flask:
    """One app for the whole session, on a database of its own."""
    app: Flask = request.getfixturevalue(f"{getattr(request, 'param', DATABASES[0])}_app")
    app.testing = True
    return app


@pytest.fixture
def ports(application: Flask) -> Ports:
    """Fresh fakes for one test."""
    fresh = Ports(clock=FrozenClock(), mailer=KeptMail(), media=PretendMedia())
    application.extensions["ports"] = fresh
    return fresh


@pytest.fixture
def app(request: pytest.FixtureRequest, application: Flask, ports: Ports) -> Iterator[Flask]:
    """The app inside one transaction that is always undone. A test with a scene begins in it.

    What the code under test commits is a savepoint of that transaction.
    """
    with application.app_context():
        engine = db.engine
    if "scene" in request.fixturenames:
        engine = request.getfixturevalue("scene").place(application)
    with engine.connect() as connection:
        outer = connection.begin()
        with reading_from(application, connection):
            yield application
        outer.rollback()


@pytest.fixture
def clock(ports: Ports) -> FrozenClock:
    assert isinstance(ports.clock, FrozenClock)
    return ports.clock


@pytest.fixture
def mail(ports: Ports) -> KeptMail:
    assert isinstance(ports.mailer, KeptMail)
    return ports.mailer


@pytest.fixture
def make(app: Flask, clock: FrozenClock) -> Make:
    """Makes people, groups, calls and threads through the house's own actions."""
    return Make(app, clock)


@pytest.fixture
def letters(app: Flask) -> Callable[[], list[tuple[str, str]]]:
    """The letters written so far: (name of the reader, kind), in the order they were written."""

    def written() -> list[tuple[str, str]]:
        with app.app_context():
            rows = db.session.execute(
                select(Account.name, OutboxLetter.kind)
                .join(Account, Account.email == OutboxLetter.address)
                .order_by(OutboxLetter.id)
            )
            return [(name, kind.partition("/")[2]) for name, kind in rows]

    return written


@pytest.fixture
def inside(app: Flask) -> Iterator[None]:
    """An app context round a test of actions or queries. Not for request tests: there every
    request brings its own, and a shared one would share `g` and with it who is asking."""
    with app.app_context():
        yield


@pytest.fixture
def client_for(app: Flask, make: Make) -> Callable[[Actor | None], FlaskClient]:
    """A browser in which this person (or nobody) is signed in."""

    def client(person: Actor | None = None) -> FlaskClient:
        browser = app.test_client()
        if person is not None:
            make.sign_in(person, browser)
        return browser

    return client


class Cost:
    """How many statements a block of code sent."""

    def __init__(self) -> None:
        self.statements: list[str] = []

    def __int__(self) -> int:
        return len(self.statements)


@pytest.fixture
def cost(app: Flask) -> Iterator[Cost]:
    """Counts what reads or writes rows while the test runs; `.statements.clear()` starts anew."""
    counted = Cost()

    def count(conn: object, cursor: object, statement: str, *rest: object) -> None:
        if statement.split(None, 1)[0].upper() in {"SELECT", "INSERT", "UPDATE", "DELETE"}:
            counted.statements.append(statement)

    with app.app_context():
        connection = db.engines[None]
    event.listen(connection, "before_cursor_execute", count)
    yield counted
    event.remove(connection, "before_cursor_execute", count)
