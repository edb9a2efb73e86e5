"""Settings: every problem at once, no default secret, every setting in the docs."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from config import PRODUCTION, Settings, SettingsProblem

ROOT = Path(__file__).resolve().parents[2]
NAMES = set(re.findall(r'"([A-Z][A-Z_]{3,})"', (ROOT / "config.py").read_text()))

REAL = {
    "SECRET_KEY": "k" * 40,
    "BASE_URL": "https://circles.example.org",
    "SMTP_HOST": "mail.example.org",
    "MAIL_FROM": "hello@example.org",
    "CONTACT": "help@example.org",
    "ALLOW_DIRECT_MEDIA": "1",
}


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> Callable[[dict[str, str]], Settings]:
    """Settings as this environment, and nothing else of ours, makes them."""

    def settings(environ: dict[str, str]) -> Settings:
        for name in {*NAMES, "HOST", "PORT"}:
            monkeypatch.delenv(name, raising=False)
        for name, value in environ.items():
            monkeypatch.setenv(name, value)
        return Settings.from_env()

    return settings


Read = Callable[[dict[str, str]], Settings]


def test_with_nothing_set_it_is_a_demo_on_loopback(read: Read) -> None:
    settings = read({})
    assert settings.demo
    assert settings.host == "127.0.0.1"
    assert len(settings.secret_key) >= 64


def test_the_demo_refuses_any_other_address(read: Read) -> None:
    with pytest.raises(SettingsProblem, match="this machine only"):
        read({"HOST": "0.0.0.0"})


def test_everything_that_is_missing_is_named_at_once(read: Read) -> None:
    with pytest.raises(SettingsProblem) as caught:
        read({"BASE_URL": "http://circles.example.org", "PORT": "many"})
    said = "\n".join(caught.value.problems)
    for name in (
        "PORT",
        "SECRET_KEY",
        "SMTP_HOST",
        "MAIL_FROM",
        "CONTACT",
        "TURN_URLS",
        "https://",
    ):
        assert name in said


def test_a_short_secret_is_refused(read: Read) -> None:
    with pytest.raises(SettingsProblem, match="shorter than 32"):
        read({**REAL, "SECRET_KEY": "short"})


def test_calls_need_a_relay_or_an_open_word_for_going_without(read: Read) -> None:
    assert read(REAL).turn_urls == ()
    with pytest.raises(SettingsProblem, match="Calls need a relay"):
        read({k: v for k, v in REAL.items() if k != "ALLOW_DIRECT_MEDIA"})
    with pytest.raises(SettingsProblem, match="belong together"):
        read({**REAL, "TURN_URLS": "turn:turn.example.org"})


def test_secrets_are_not_shown_by_repr(read: Read) -> None:
    hidden = {"SMTP_PASSWORD": "hush-hush", "TURN_SECRET": "hush"}
    shown = repr(read({**REAL, **hidden, "TURN_URLS": "turn:turn.example.org"}))
    assert "hush" not in shown
    assert "kkkk" not in shown


def test_every_setting_is_in_the_docs() -> None:
    documented = set(re.findall(r"`([A-Z][A-Z_]{3,})`", (ROOT / "docs/operations.md").read_text()))
    assert NAMES - documented == set()
    assert set(PRODUCTION) <= documented
