"""What holds each promise, invariant and requirement, and how the last whole run ended for it."""

import io
import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import redirect_stdout
from functools import cache, partial
from pathlib import Path

import pytest

from tests.holds import KEYS, MISSING, REGISTER, held_by
from tools.docs.table import table

ROOT = Path(__file__).resolve().parents[2]
RESULTS = ROOT / "var" / "holds.json"
ROW = re.compile(r"^\| `(\S+)` \|.*\| ([^|]+) \|$", re.MULTILINE)
COLLECT = ("--collect-only", "-q", "-n0", "--assert=plain")
UNHELD = "nothing yet"
NOT_RUN = "not run yet"

Run = Mapping[str, str]
"""How a whole run ended, in words, for each key."""


class _Gather:
    """Hears which tests there are."""

    def __init__(self) -> None:
        self.items: list[pytest.Item] = []

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        self.items = session.items


@cache
def tests() -> Mapping[str, list[tuple[str, str]]]:
    """For each key the tests that hold it, each once: (its file in tests/, its name as words)."""
    gather, said = _Gather(), io.StringIO()
    with redirect_stdout(said):
        code = pytest.main([*COLLECT, str(ROOT / "tests")], plugins=[gather])
    if code:
        raise SystemExit(said.getvalue())
    held: dict[str, list[tuple[str, str]]] = {key: [] for key in KEYS}
    for item in gather.items:
        for key in held_by(item):
            if (test := _named(item)) not in held[key]:
                held[key].append(test)
    return held


def _named(item: pytest.Item) -> tuple[str, str]:
    path, *names = item.nodeid.partition("[")[0].split("::")
    name = next(name for name in reversed(names) if name != "runTest")
    return path.removeprefix("tests/"), name.removeprefix("test_").replace("_", " ")


def last_run() -> Run:
    """How the last whole run on this machine ended for each key; nothing if there was none."""
    if not RESULTS.exists():
        return {}
    return {key: _ended(counts) for key, counts in json.loads(RESULTS.read_text()).items()}


def told_on(page: str) -> Run:
    """What a page says of the run that it was made after."""
    return dict(ROW.findall(page))


def _ended(counts: Mapping[str, int]) -> str:
    said = [f"{counts[way]} {way}" for way in ("passed", "failed", "skipped") if counts[way]]
    return ", ".join(said) or NOT_RUN


def result(key: str, run: Run) -> str:
    """How it ended for one key, if any test holds it."""
    ended = run.get(key, UNHELD)
    return (NOT_RUN if ended == UNHELD else ended) if tests()[key] else UNHELD


def holding(key: str) -> str:
    """The tests that hold one key, file by file, and what of it none does."""
    files: dict[str, list[str]] = {}
    for path, name in tests()[key]:
        files.setdefault(path, []).append(name)
    lines = [f"`{path}` {'; '.join(names)}" for path, names in files.items()]
    if key in MISSING:
        lines.append(f"*Not yet: {MISSING[key]}.*")
    return "<br>".join(lines) or "–"


def family(name: str, run: Run) -> str:
    """The table of one family of keys."""
    keys = {f"{name}:{each}": title for each, title in REGISTER[name].items()}
    return table(
        ("Key", "What it asks for", "Held by", "Last whole run"),
        ((f"`{key}`", title, holding(key), result(key, run)) for key, title in keys.items()),
    )


def summary(run: Run) -> str:
    """How many of each family are held."""

    def rows() -> Iterator[tuple[str, ...]]:
        for name, titles in REGISTER.items():
            keys = [f"{name}:{each}" for each in titles]
            held = sum(bool(tests()[key]) for key in keys)
            green = sum(result(key, run).endswith("passed") for key in keys)
            yield f"`{name}:…`", str(len(keys)), str(held), str(green)

    return table(("Family", "Keys", "Held by a test", "Green in the last whole run"), rows())


PARTS: Mapping[str, Callable[[Run], str]] = {
    "held": summary,
    **{f"held-{name}": partial(family, name) for name in REGISTER},
}
