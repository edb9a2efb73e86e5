"""Settings: one frozen value read from the environment, every problem named at once.

Each setting is declared once, as a field of `Settings`: reading it, refusing it and documenting it
(docs/operations.md) all come from there. With nothing set the site is a demo on loopback. As soon
as something is set that a demo doesn't take, all that a real place needs must be.
"""

import hashlib
import os
import re
import secrets
from collections.abc import Callable, Iterator, Mapping
from dataclasses import Field, dataclass, field, fields, replace
from functools import partial
from pathlib import Path
from typing import Any, get_origin
from urllib.parse import urlsplit

from environs import Env, EnvValidationError, ValidationError, validate
from py_vapid import Vapid02

ROOT = Path(__file__).resolve().parent
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
HINTS = re.compile("change|default|example|password|secret", re.IGNORECASE)


class SettingsProblem(Exception):
    """The environment can't be used; `problems` says everything that is wrong with it."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Declared:
    """A setting as the environment, a refusal and the docs know it."""

    name: str
    about: str
    is_needed: bool  # by a real place
    is_for_demo: bool  # a demo takes it too
    check: Callable[[Any], object] | None  # raises ValidationError


def setting(
    name: str,
    about: str,
    default: object = "",
    *,
    needed: bool = False,
    demo: bool = False,
    secret: bool = False,
    check: Callable[[Any], object] | None = None,
) -> Any:
    """Declare a field of `Settings`. A secret one is never shown."""
    declared = Declared(name, about, needed, demo, check)
    return field(default=default, repr=not secret, metadata={"declared": declared})


def _unguessable(secret: str) -> None:
    if len(secret) < 32:
        raise ValidationError("is shorter than 32 characters.")
    if len(set(secret)) < 10 or HINTS.search(secret):
        raise ValidationError("can be guessed. Let a machine make it.")


def _https(address: str) -> None:
    if not re.fullmatch(r"https://[a-z0-9.-]+(:[0-9]+)?", address):
        raise ValidationError(
            "must be https:// and the name of the site, with nothing behind it (browsers give no "
            "microphone without https)."
        )


def _a_key_pair(secret: str) -> None:
    try:
        Vapid02.from_string(secret)
    except ValueError as error:
        raise ValidationError("is no private key of the curve P-256.") from error


def _begins(*kinds: str) -> Callable[[Any], None]:
    def check(value: str | list[str]) -> None:
        for address in [value] if isinstance(value, str) else value:
            if not address.startswith(kinds):
                raise ValidationError(f"must begin with {' or '.join(kinds)}.")

    return check


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything that differs between two places that run this site."""

    secret_key: str = setting(
        "SECRET_KEY",
        "at least 32 random characters, known to nobody: `openssl rand -hex 32` makes them. "
        "Changing it signs everybody out and stops the addresses of their calendars",
        needed=True,
        secret=True,
        check=_unguessable,
    )
    case_key: str = setting(
        "CASE_KEY",
        "locks what was typed in a circle and reported, while moderators need it: at least 32 "
        "random characters, and not the `SECRET_KEY`. Changing it makes what was reported before "
        "unreadable",
        needed=True,
        secret=True,
        check=_unguessable,
    )
    base_url: str = setting(
        "BASE_URL",
        "where members find the site, e.g. `https://circles.example.org`. It answers to this name "
        "only",
        needed=True,
        check=_https,
    )
    trusted_proxies: int = setting(
        "TRUSTED_PROXIES",
        "how many proxies stand in front and speak https, usually `1`: this process itself speaks "
        "http. That many of them are believed when they say who is asking, and how",
        0,
        needed=True,
        check=validate.Range(1, 9),
    )
    contact: str = setting(
        "CONTACT",
        "an e-mail address that people can write to: questions, another look at a decision, "
        "security",
        needed=True,
        check=validate.Email(),
    )
    mail_from: str = setting(
        "MAIL_FROM",
        "the address that letters come from",
        "circles@localhost",
        needed=True,
        check=validate.Email(),
    )
    smtp_host: str = setting("SMTP_HOST", "the mail server", needed=True)
    smtp_port: int = setting("SMTP_PORT", "its port", 25, check=validate.Range(1, 65535))
    smtp_starttls: bool = setting("SMTP_STARTTLS", "`1` to encrypt the way to it", False)
    smtp_user: str = setting("SMTP_USER", "if it asks for a name; needs `SMTP_STARTTLS`")
    smtp_password: str = setting("SMTP_PASSWORD", "if it asks for a password", secret=True)
    turn_urls: tuple[str, ...] = setting(
        "TURN_URLS",
        "relays for the voices, comma separated, each `turn:` or `turns:`. Needed, unless "
        "`ALLOW_DIRECT_MEDIA` is set. With a relay, no member learns another’s network address",
        (),
        check=_begins("turn:", "turns:"),
    )
    turn_secret: str = setting(
        "TURN_SECRET",
        "what the relays share with us (coturn’s `static-auth-secret`); random, and not the "
        "`SECRET_KEY`",
        secret=True,
        check=_unguessable,
    )
    allow_direct_media: bool = setting(
        "ALLOW_DIRECT_MEDIA",
        "`1` to hold calls without a relay. Members’ browsers then learn each other’s network "
        "addresses, and some homes can’t reach each other",
        False,
    )
    stun_urls: tuple[str, ...] = setting(
        "STUN_URLS",
        "help browsers to find each other without a relay, comma separated, each `stun:`",
        (),
        check=_begins("stun:", "stuns:"),
    )
    livekit_url: str = setting(
        "LIVEKIT_URL",
        "a media server (LiveKit), `wss://` and its name, for circles in which more people show "
        "pictures or have little upload. Members’ browsers then connect to it and never to each "
        "other; what goes through it is locked",
        check=_begins("wss://"),
    )
    livekit_key: str = setting("LIVEKIT_KEY", "what it knows us by; needs all three")
    livekit_secret: str = setting(
        "LIVEKIT_SECRET",
        "what it shares with us under this name; random, and not the `SECRET_KEY`",
        secret=True,
        check=_unguessable,
    )
    vapid_private_key: str = setting(
        "VAPID_PRIVATE_KEY",
        "lets members’ devices say “There is something new”: "
        "`openssl ecparam -name prime256v1 -genkey -noout -outform DER | basenc --base64url -w0` "
        "makes it. Without it no device is told anything; with another one, every device has to be "
        "asked again",
        secret=True,
        check=_a_key_pair,
    )
    database_url: str = setting(
        "DATABASE_URL",
        "`postgresql://name:password@host/database`, or an SQLite file: `sqlite:////path/to/file`. "
        "If it isn’t set: SQLite, in the file `circles.db` in `VAR_DIR`",
        check=_begins("sqlite:///", "postgresql://"),
    )
    message_queue: str = setting(
        "MESSAGE_QUEUE",
        "several processes: the Redis through which each says to the others’ open pages what "
        "happens, `redis://` or `rediss://` and where it is. Needs PostgreSQL. Without it there is "
        "one process",
        secret=True,
        check=_begins("redis://", "rediss://"),
    )
    async_mode: str = setting(
        "ASYNC_MODE",
        "`threading`: a thread for each open page; `gevent`: for many hundreds of open pages, on "
        "PostgreSQL only",
        "threading",
        check=validate.OneOf(["threading", "gevent"]),
    )
    threads: int = setting(
        "THREADS",
        "how many open circle and thread pages, and requests, are served at the same moment. Keep "
        "it above the peak; with gevent `2000` costs nothing",
        100,
        demo=True,
        check=validate.Range(8, 10_000),
    )
    host: str = setting(
        "HOST", "the address to listen at: one that only the proxy reaches", "127.0.0.1", demo=True
    )
    port: int = setting(
        "PORT", "the port to listen at", 5000, demo=True, check=validate.Range(1, 65535)
    )
    var_dir: str = setting(
        "VAR_DIR", "the folder of what the site keeps in files", "var", demo=True
    )
    site_name: str = setting("SITE_NAME", "the name on the pages", "Dystonia Circles")
    discreet_name: str = setting(
        "DISCREET_NAME",
        "the name in subjects, and of whoever letters come from. No health word: others may be "
        "looking",
        "Circles",
    )
    demo: bool = False
    release: str = "dev"

    @property
    def is_https(self) -> bool:
        return self.base_url.startswith("https://")

    @property
    def host_name(self) -> str | None:
        """The one name the site answers to."""
        return urlsplit(self.base_url).hostname

    @property
    def media_origins(self) -> tuple[str, ...]:
        """What pages connect to beside this site."""
        if not self.livekit_url:
            return ()
        by_line = "{0.scheme}://{0.netloc}".format(urlsplit(self.livekit_url))
        return by_line, by_line.replace("ws", "http", 1)

    @classmethod
    def from_env(cls) -> "Settings":
        """Read the environment. Raises `SettingsProblem` naming all that is missing or wrong."""
        is_demo = not any(_is_set(each) for each, _ in declared() if not each.is_for_demo)
        values, problems = _read(is_demo)
        settings = cls(**values, demo=is_demo, release=release())
        problems += settings.clashes()
        if problems:
            raise SettingsProblem(problems)
        kept_in = ROOT / settings.var_dir
        kept_in.mkdir(parents=True, exist_ok=True)
        if not is_demo:
            kept = settings.database_url or f"sqlite:///{kept_in / 'circles.db'}"
            return replace(settings, database_url=kept)
        return replace(
            settings,
            secret_key=_kept_secret(kept_in / "demo-secret"),
            case_key=_kept_secret(kept_in / "demo-case-key"),
            database_url=f"sqlite:///{kept_in / 'demo.db'}",
            base_url=f"http://{at(settings.host, settings.port)}",
            contact="hello@circles.invalid",
        )

    @classmethod
    def for_tests(cls, database_url: str, **changes: object) -> "Settings":
        """The only other way to make settings."""
        values: dict[str, Any] = {
            "secret_key": "a secret for tests only, never for people",
            "case_key": "another secret for tests only, never for people",
            "database_url": database_url,
            "base_url": "http://localhost",
            "contact": "help@example.org",
        }
        return cls(**{**values, **changes})

    def clashes(self) -> list[str]:
        """What can't be together, in these settings."""
        if self.demo:
            wrong = {
                f"HOST is {self.host}, but the demo answers on this machine only (127.0.0.1). "
                "For a real site, see docs/operations.md.": self.host not in LOOPBACK,
            }
        else:
            wrong = {
                "CASE_KEY is the SECRET_KEY. Make another one: each can then be changed alone.": (
                    bool(self.case_key) and self.case_key == self.secret_key
                ),
                "TURN_URLS and TURN_SECRET belong together; one is missing.": (
                    bool(self.turn_urls) != bool(self.turn_secret)
                ),
                "TURN_SECRET is the SECRET_KEY, which nobody else may know. Make another one.": (
                    bool(self.turn_secret) and self.turn_secret == self.secret_key
                ),
                "LIVEKIT_URL, LIVEKIT_KEY and LIVEKIT_SECRET belong together; set all or none.": (
                    len({bool(self.livekit_url), bool(self.livekit_key), bool(self.livekit_secret)})
                    > 1
                ),
                "LIVEKIT_SECRET is the SECRET_KEY, which nobody else may know. Make another one.": (
                    bool(self.livekit_secret) and self.livekit_secret == self.secret_key
                ),
                "Calls need a relay: set TURN_URLS and TURN_SECRET, or LIVEKIT_URL, or "
                "ALLOW_DIRECT_MEDIA=1 if members may see each other’s network addresses.": (
                    not self.turn_urls and not self.livekit_url and not self.allow_direct_media
                ),
                "SMTP_USER and SMTP_PASSWORD belong together; one is missing.": (
                    bool(self.smtp_user) != bool(self.smtp_password)
                ),
                "SMTP_PASSWORD would travel in the clear: set SMTP_STARTTLS=1.": (
                    bool(self.smtp_password)
                    and not self.smtp_starttls
                    and self.smtp_host not in LOOPBACK
                ),
                "MESSAGE_QUEUE is for several processes, and those need PostgreSQL (DATABASE_URL): "
                "an SQLite file is one process’s own.": (
                    bool(self.message_queue) and not self.database_url.startswith("postgresql")
                ),
                "ASYNC_MODE=gevent needs PostgreSQL (DATABASE_URL): SQLite never lets another "
                "greenlet go on while it reads or writes, so one slow page would hold up all.": (
                    self.async_mode == "gevent" and not self.database_url.startswith("postgresql")
                ),
            }
        return [said for said, is_so in wrong.items() if is_so]


def declared() -> Iterator[tuple[Declared, Field[Any]]]:
    """Every setting with its field."""
    for each in fields(Settings):
        if "declared" in each.metadata:
            yield each.metadata["declared"], each


READERS: dict[type, Callable[..., Any]] = {
    str: Env.str,
    int: Env.int,
    bool: Env.bool,
    tuple: partial(Env.list, subcast=str.strip),
}


def _is_set(each: Declared) -> bool:
    return bool(os.environ.get(each.name, "").strip())


def _read(is_demo: bool) -> tuple[dict[str, Any], list[str]]:
    """What is set, by field; and what is missing or can't be read."""
    env = Env(eager=False)
    values: dict[str, Any] = {}
    problems = []
    for each, its in declared():
        if is_demo and not each.is_for_demo:
            continue
        if _is_set(each):
            kind: Any = get_origin(its.type) or its.type
            value = READERS[kind](env, each.name, validate=each.check)
            if value is None:  # it can't be read, but it is there: what belongs to it isn't alone
                value = os.environ[each.name]
            values[its.name] = tuple(value) if kind is tuple else value
        elif each.is_needed and not is_demo:
            problems.append(f"{each.name} is missing: {each.about}.")
    try:
        env.seal()
    except EnvValidationError as error:
        said = error.error_messages
        assert isinstance(said, Mapping)  # by name, because all were collected
        problems += [f"{name}: {' '.join(wrong)}" for name, wrong in said.items()]
    return values, problems


def at(host: str, port: int) -> str:
    """Both as one: an IPv6 address in brackets."""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def release() -> str:
    """A name for what is in static/ right now, so that it can be cached for ever."""
    digest = hashlib.sha256()
    for path in sorted((ROOT / "static").rglob("*")):
        if path.is_file():
            digest.update(path.relative_to(ROOT).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _kept_secret(path: Path) -> str:
    """The demo's own secret, made once on this machine so that a restart signs nobody out."""
    if not path.exists():
        path.write_text(secrets.token_hex(32))
        path.chmod(0o600)
    return path.read_text()
