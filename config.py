"""Settings: one frozen value read from the environment, every problem named at once.

With nothing set the site is a demo on loopback (design: product, "Trying it out"). As soon as
one production setting is set, all that production needs must be.
"""

import hashlib
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from environs import Env, EnvValidationError, ValidationError

ROOT = Path(__file__).resolve().parent
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})

SITE_NAME = "Dystonia Circles"
DISCREET_NAME = "Circles"  # in subjects and senders: no health word (promise 10)

# Settings that, when present, say "this is a real place, not a demo".
PRODUCTION = (
    "SECRET_KEY",
    "BASE_URL",
    "DATABASE_URL",
    "SMTP_HOST",
    "MAIL_FROM",
    "CONTACT",
    "TURN_URLS",
    "TURN_SECRET",
    "ALLOW_DIRECT_MEDIA",
)


class SettingsProblem(Exception):
    """The environment can't be used; `problems` says everything that is wrong with it."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Smtp:
    """Where letters are handed over."""

    host: str
    port: int = 25
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    starttls: bool = False


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that differs between two places that run this site."""

    secret_key: str = field(repr=False)
    database_url: str
    base_url: str
    demo: bool = False
    host: str = "127.0.0.1"
    port: int = 5000
    site_name: str = SITE_NAME
    discreet_name: str = DISCREET_NAME
    contact: str = ""
    mail_from: str = "circles@localhost"
    smtp: Smtp | None = None
    stun_urls: tuple[str, ...] = ()
    turn_urls: tuple[str, ...] = ()
    turn_secret: str = field(default="", repr=False)
    release: str = "dev"
    threads: int = 100

    @property
    def is_https(self) -> bool:
        return self.base_url.startswith("https://")

    @classmethod
    def from_env(cls) -> "Settings":
        """Read the environment. Raises `SettingsProblem` naming all that is missing or wrong."""
        env = Env(eager=False)
        host, port = env.str("HOST", "127.0.0.1"), env.int("PORT", 5000)
        kept_in = Path(env.str("VAR_DIR", str(ROOT / "var"))).resolve()
        if any(os.environ.get(name) for name in PRODUCTION):
            settings, problems = cls._for_people(env, host, port, kept_in)
        else:
            settings, problems = cls._for_demo(host, port, kept_in)
        try:
            env.seal()
        except EnvValidationError as error:
            said = error.error_messages
            assert isinstance(said, Mapping)  # by name, because all were collected
            problems = [f"{name}: {' '.join(wrong)}" for name, wrong in said.items()] + problems
        if problems:
            raise SettingsProblem(problems)
        return settings

    @classmethod
    def _for_people(
        cls, env: Env, host: str, port: int, kept_in: Path
    ) -> tuple["Settings", list[str]]:
        turn_urls: list[str] = env.list("TURN_URLS", [])
        turn_secret = env.str("TURN_SECRET", "")
        problems = []
        if bool(turn_urls) != bool(turn_secret):
            problems.append("TURN_URLS and TURN_SECRET belong together; one is missing.")
        if not turn_urls and not env.bool("ALLOW_DIRECT_MEDIA", False):
            problems.append(
                "Calls need a relay: set TURN_URLS and TURN_SECRET, or ALLOW_DIRECT_MEDIA=1 if "
                "members may see each other’s network addresses."
            )
        settings = cls(
            secret_key=env.str("SECRET_KEY", validate=_long_enough),
            database_url=env.str("DATABASE_URL", "") or _sqlite(kept_in, "circles.db"),
            base_url=(env.str("BASE_URL", validate=_https) or "").rstrip("/"),
            host=host,
            port=port,
            site_name=env.str("SITE_NAME", SITE_NAME),
            discreet_name=env.str("DISCREET_NAME", DISCREET_NAME),
            contact=env.str("CONTACT"),
            mail_from=env.str("MAIL_FROM"),
            smtp=Smtp(
                host=env.str("SMTP_HOST"),
                port=env.int("SMTP_PORT", 25),
                user=env.str("SMTP_USER", None),
                password=env.str("SMTP_PASSWORD", None),
                starttls=env.bool("SMTP_STARTTLS", False),
            ),
            stun_urls=tuple(env.list("STUN_URLS", [])),
            turn_urls=tuple(turn_urls),
            turn_secret=turn_secret,
            release=release(),
            threads=env.int("THREADS", 100),
        )
        return settings, problems

    @classmethod
    def _for_demo(cls, host: str, port: int, kept_in: Path) -> tuple["Settings", list[str]]:
        problems = []
        if host not in LOOPBACK:
            problems.append(
                f"HOST is {host}, but the demo answers on this machine only (127.0.0.1). "
                "For a real site, see docs/operations.md."
            )
        settings = cls(
            secret_key=_kept_secret(kept_in / "demo-secret"),
            database_url=_sqlite(kept_in, "demo.db"),
            base_url=f"http://{at(host, port)}",
            demo=True,
            host=host,
            port=port,
            contact="hello@circles.invalid",
            release=release(),
        )
        return settings, problems

    @classmethod
    def for_tests(cls, database_url: str, **changes: object) -> "Settings":
        """The only other way to make settings."""
        values: dict[str, object] = {
            "secret_key": "for tests only, never for people",
            "database_url": database_url,
            "base_url": "http://localhost",
            "contact": "help@example.org",
        }
        return cls(**{**values, **changes})  # type: ignore[arg-type]


def at(host: str, port: int) -> str:
    """Both as one: an IPv6 address in brackets."""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def _long_enough(secret: str) -> None:
    if len(secret) < 32:
        raise ValidationError("is shorter than 32 characters.")


def _https(address: str) -> None:
    if not address.startswith("https://"):
        raise ValidationError("must begin with https:// (browsers give no microphone without).")


def release() -> str:
    """A name for what is in static/ right now, so that it can be cached for ever."""
    digest = hashlib.sha256()
    for path in sorted((ROOT / "static").rglob("*")):
        if path.is_file():
            digest.update(path.relative_to(ROOT).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _sqlite(kept_in: Path, name: str) -> str:
    kept_in.mkdir(parents=True, exist_ok=True)
    return f"sqlite:///{kept_in / name}"


def _kept_secret(path: Path) -> str:
    """The demo's own secret, made once on this machine so that a restart signs nobody out."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(secrets.token_hex(32))
        path.chmod(0o600)
    return path.read_text()
