"""Settings: declared once; every problem at once; nothing that can be guessed."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from flask import Flask

from community.core.sockets import socketio
from config import Settings, SettingsProblem, declared
from tests.core.push_service import OURS

ROOT = Path(__file__).resolve().parents[2]
NAMES = [each.name for each, _ in declared()]

SECRET = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
REAL = {
    "SECRET_KEY": SECRET,
    "CASE_KEY": "7" + SECRET[1:],
    "BASE_URL": "https://circles.example.org",
    "TRUSTED_PROXIES": "1",
    "SMTP_HOST": "mail.example.org",
    "MAIL_FROM": "hello@example.org",
    "CONTACT": "help@example.org",
    "ALLOW_DIRECT_MEDIA": "1",
}
RELAY = {"TURN_URLS": "turn:turn.example.org", "TURN_SECRET": SECRET[::-1]}
MEDIA_SERVER = {
    "LIVEKIT_URL": "wss://media.example.org",
    "LIVEKIT_KEY": "circles",
    "LIVEKIT_SECRET": "a" + SECRET[:0:-1],
}

Read = Callable[[Mapping[str, str]], Settings]


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Read:
    """Settings as this environment, and nothing else of ours, makes them."""

    def settings(environ: Mapping[str, str]) -> Settings:
        for name in NAMES:
            monkeypatch.delenv(name, raising=False)
        for name, value in {"VAR_DIR": str(tmp_path), **environ}.items():
            monkeypatch.setenv(name, value)
        return Settings.from_env()

    return settings


def without(name: str) -> dict[str, str]:
    return {each: value for each, value in REAL.items() if each != name}


def problems(read: Read, environ: Mapping[str, str]) -> list[str]:
    with pytest.raises(SettingsProblem) as caught:
        read(environ)
    return caught.value.problems


# The demo


def test_with_nothing_set_it_is_a_demo_on_loopback(read: Read) -> None:
    settings = read({})
    assert settings.demo
    assert settings.base_url == "http://127.0.0.1:5000"
    assert len(settings.secret_key) == 64
    assert read({}).secret_key == settings.secret_key  # a restart signs nobody out


def test_the_demo_refuses_any_other_address(read: Read) -> None:
    with pytest.raises(SettingsProblem, match="this machine only"):
        read({"HOST": "0.0.0.0"})


@pytest.mark.parametrize("name", [each.name for each, _ in declared() if not each.is_for_demo])
def test_a_setting_that_a_demo_does_not_take_asks_for_a_real_place(read: Read, name: str) -> None:
    said = "\n".join(problems(read, {name: REAL.get(name, "1")}))
    for each, _ in declared():
        assert not each.is_needed or each.name == name or each.name in said


def test_what_is_set_to_nothing_is_not_set(read: Read) -> None:
    assert read({"SECRET_KEY": "", "SMTP_HOST": " "}).demo


# A real place


def test_what_a_real_place_needs_is_enough(read: Read, tmp_path: Path) -> None:
    settings = read(REAL)
    assert not settings.demo
    assert settings.is_https
    assert settings.database_url == f"sqlite:///{tmp_path}/circles.db"
    assert settings.async_mode == "threading"


def test_everything_that_is_wrong_is_named_at_once(read: Read) -> None:
    wrong = {
        "BASE_URL": "http://circles.example.org",
        "PORT": "many",
        "THREADS": "1",
        "ASYNC_MODE": "eventlet",
        "DATABASE_URL": "mysql://host/circles",
        "STUN_URLS": "stun:a.example.org,b.example.org",
    }
    said = "\n".join(problems(read, wrong))
    missing = {
        "SECRET_KEY",
        "CASE_KEY",
        "TRUSTED_PROXIES",
        "SMTP_HOST",
        "MAIL_FROM",
        "CONTACT",
        "TURN_URLS",
    }
    for name in {*wrong, *missing}:
        assert name in said


@pytest.mark.parametrize("name", [each.name for each, _ in declared() if each.is_needed])
def test_what_is_missing_is_said_with_what_it_is(read: Read, name: str) -> None:
    (said,) = problems(read, without(name))
    (about,) = [each.about for each, _ in declared() if each.name == name]
    assert said == f"{name} is missing: {about}."


@pytest.mark.holds("asvs:37")
@pytest.mark.parametrize("name", ["SECRET_KEY", "CASE_KEY", "TURN_SECRET"])
@pytest.mark.parametrize(
    "weak",
    ["brief", "k" * 64, "0123" * 16, "change-me-before-you-go-live-please", f"{SECRET} secret"],
)
def test_a_secret_that_can_be_guessed_is_refused(read: Read, name: str, weak: str) -> None:
    (said,) = problems(read, {**REAL, **RELAY, name: weak})
    assert said.startswith(f"{name}: ")
    assert weak not in said


@pytest.mark.holds("asvs:37")
def test_the_secrets_of_the_tests_are_refused(read: Read) -> None:
    known = Settings.for_tests("sqlite://")
    assert problems(read, {**REAL, "SECRET_KEY": known.secret_key})
    assert problems(read, {**REAL, "CASE_KEY": known.case_key})


@pytest.mark.holds("asvs:37")
def test_what_locks_reported_words_is_a_key_of_its_own(read: Read) -> None:
    with pytest.raises(SettingsProblem, match="CASE_KEY is the SECRET_KEY"):
        read({**REAL, "CASE_KEY": SECRET})
    demo = read({})
    assert demo.case_key not in {"", demo.secret_key}
    assert read({}).case_key == demo.case_key  # what was locked still opens after a restart


@pytest.mark.parametrize(
    "address",
    [
        "http://circles.example.org",
        "circles.example.org",
        "https://circles.example.org/",
        "https://circles.example.org/here",
        "https://ana@circles.example.org",
        "https://",
    ],
)
def test_the_address_is_https_and_a_name(read: Read, address: str) -> None:
    (said,) = problems(read, {**REAL, "BASE_URL": address})
    assert said.startswith("BASE_URL: must be https://")


@pytest.mark.parametrize("hops", ["0", "-1", "10", "yes"])
def test_https_needs_a_proxy_that_speaks_it(read: Read, hops: str) -> None:
    (said,) = problems(read, {**REAL, "TRUSTED_PROXIES": hops})
    assert said.startswith("TRUSTED_PROXIES: ")


def test_calls_need_a_relay_or_an_open_word_for_going_without(read: Read) -> None:
    assert read(REAL).turn_urls == ()
    alone = without("ALLOW_DIRECT_MEDIA")
    assert read({**alone, **RELAY}).turn_urls == ("turn:turn.example.org",)
    with pytest.raises(SettingsProblem, match="Calls need a relay"):
        read(alone)
    with pytest.raises(SettingsProblem, match="Calls need a relay"):
        read({**alone, "ALLOW_DIRECT_MEDIA": "0"})
    for name, value in RELAY.items():
        with pytest.raises(SettingsProblem, match="belong together"):
            read({**REAL, name: value})


def test_a_relay_shares_no_secret_of_ours(read: Read) -> None:
    with pytest.raises(SettingsProblem, match="TURN_SECRET is the SECRET_KEY"):
        read({**REAL, **RELAY, "TURN_SECRET": SECRET})


def test_a_media_server_needs_all_three_and_stands_for_a_relay(read: Read) -> None:
    served = read({**without("ALLOW_DIRECT_MEDIA"), **MEDIA_SERVER})
    assert served.media_origins == ("wss://media.example.org", "https://media.example.org")
    assert read(REAL).media_origins == ()
    for name, value in MEDIA_SERVER.items():
        for some in ({name: value}, {**MEDIA_SERVER, name: ""}):
            with pytest.raises(SettingsProblem, match="set all or none"):
                read({**REAL, **some})
    with pytest.raises(SettingsProblem, match="LIVEKIT_URL: must begin with wss://"):
        read({**REAL, **MEDIA_SERVER, "LIVEKIT_URL": "ws://media.example.org"})
    with pytest.raises(SettingsProblem, match="LIVEKIT_SECRET is the SECRET_KEY"):
        read({**REAL, **MEDIA_SERVER, "LIVEKIT_SECRET": SECRET})


def test_the_mail_servers_password_does_not_travel_in_the_clear(read: Read) -> None:
    known = {**REAL, "SMTP_USER": "circles", "SMTP_PASSWORD": "hush"}
    assert read({**known, "SMTP_STARTTLS": "1"}).smtp_starttls
    assert read({**known, "SMTP_HOST": "localhost"}).smtp_user == "circles"
    with pytest.raises(SettingsProblem, match="in the clear"):
        read(known)
    with pytest.raises(SettingsProblem, match="SMTP_USER and SMTP_PASSWORD belong together"):
        read({**REAL, "SMTP_USER": "circles"})


@pytest.mark.holds("asvs:37")
def test_a_key_for_pushes_is_a_key_and_is_not_shown(read: Read) -> None:
    settings = read({**REAL, "VAPID_PRIVATE_KEY": OURS})
    assert settings.vapid_private_key == OURS
    assert OURS not in repr(settings)
    for none in ("7", SECRET, OURS[:-8], "é"):
        (said,) = problems(read, {**REAL, "VAPID_PRIVATE_KEY": none})
        assert said.startswith("VAPID_PRIVATE_KEY: is no private key")
        assert none not in said.removeprefix("VAPID_PRIVATE_KEY")


def test_gevent_needs_postgresql(read: Read) -> None:
    with pytest.raises(SettingsProblem, match="gevent needs PostgreSQL"):
        read({**REAL, "ASYNC_MODE": "gevent"})
    store = {"DATABASE_URL": "postgresql://circles@localhost/circles"}
    assert read({**REAL, **store, "ASYNC_MODE": "gevent"}).async_mode == "gevent"


def test_several_processes_need_a_database_for_several(read: Read) -> None:
    queue = {"MESSAGE_QUEUE": "rediss://:a-password@queue.example.org"}
    with pytest.raises(SettingsProblem, match="those need PostgreSQL") as caught:
        read({**REAL, **queue})
    assert "a-password" not in str(caught.value)
    store = {"DATABASE_URL": "postgresql://circles:secret@localhost/circles"}
    assert "a-password" not in repr(read({**REAL, **store, **queue}))
    with pytest.raises(SettingsProblem, match="must begin with redis:// or rediss://"):
        read({**REAL, **store, "MESSAGE_QUEUE": "amqp://queue.example.org"})


def test_a_list_may_have_spaces(read: Read) -> None:
    urls = "turn:a.example.org, turns:b.example.org:443"
    expected = ("turn:a.example.org", "turns:b.example.org:443")
    assert read({**REAL, **RELAY, "TURN_URLS": urls}).turn_urls == expected


def test_secrets_are_not_shown_by_repr(read: Read) -> None:
    mail = {"SMTP_USER": "circles", "SMTP_PASSWORD": "hush-hush", "SMTP_STARTTLS": "1"}
    shown = repr(read({**REAL, **RELAY, **mail}))
    for secret in (SECRET, SECRET[::-1], "hush"):
        assert secret not in shown


# What is read, and what is locked


def test_the_environment_is_read_in_one_place() -> None:
    """What it may be asked beside the settings: which loop to patch in, before all else."""
    asked = {
        (path.name, line.strip())
        for path in [*(ROOT / "community").rglob("*.py"), ROOT / "run.py"]
        for line in path.read_text().splitlines()
        if re.search(r"\bos\.environ\b|\bgetenv\b", line)
    }
    assert {name for name, _ in asked} == {"run.py"}
    assert len(asked) == 1


@pytest.mark.parametrize("lock", ["run", "dev"])
def test_nothing_is_locked_that_would_choose_how_sockets_are_served(lock: str) -> None:
    """Merely installed, these make engine.io choose them, and WebSockets are silently lost."""
    text = (ROOT / f"requirements/{lock}.lock").read_text()
    names = set(re.findall(r"^([a-z0-9_.-]+)==", text, re.MULTILINE))
    assert {"gevent", "simple-websocket"} <= names
    assert not {"gevent-websocket", "gevent_websocket", "eventlet"} & names


def test_how_sockets_are_served_is_always_said(app: Flask) -> None:
    """Left to itself, python-engineio would choose gevent as soon as that is installed."""
    assert app.extensions["settings"].async_mode == "threading"
    assert socketio.async_mode == "threading"
