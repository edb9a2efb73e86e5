"""Breaks each promise on purpose, in a copy, and wants its tests to go red: `make sabotage`.

A break is a few lines of sabotage/*.toml: what to find in the tree (it stands there exactly once,
in whatever file) and what to put there instead. The file is named after what it breaks: a promise,
or an invariant of moderation. `only="3 moderation:13"` tries the breaks of promise 3 and of that.
"""

import re
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tools.docs.marks import tests  # noqa: E402

SOURCES = ("community", "templates", "static/js")
LEFT_OUT = shutil.ignore_patterns(".*", "var", "node_modules", "__pycache__")
RED = 1  # how pytest ends when a test fails, and for no other reason
FAILED = re.compile(r"^(?:FAILED|ERROR) (tests/\S+?::.+?)(?: - |$)", re.MULTILINE)


class DoesNotApply(Exception):
    """What a break wants to find isn’t there, or is there more than once."""


@dataclass(frozen=True)
class Break:
    """One way to break a promise, or an invariant."""

    key: str  # of tests/holds.toml
    what: str
    find: str
    put: str

    def place(self, tree: Path) -> Path:
        """The one file of the tree in which this can be done."""
        found = [path for path in _sources(tree) for _ in range(path.read_text().count(self.find))]
        if len(found) != 1:
            raise DoesNotApply(f"{self.key}, {self.what}: found {len(found)} times, not once.")
        return found[0]


def breaks(*chosen: str) -> list[Break]:
    """Those of what is chosen; if nothing is, every break that is committed."""
    return [
        Break(key, each["what"], each["find"], each["put"])
        for path in sorted((ROOT / "sabotage").glob("*.toml"))
        if (key := key_of(path)) in chosen or not chosen
        for each in tomllib.loads(path.read_text())["break"]
    ]


def key_of(path: Path) -> str:
    """What the breaks of this file break."""
    kind, _, number = path.stem.partition("-")
    return f"{kind}:{int(number)}"


def _sources(tree: Path) -> Iterator[Path]:
    for folder in SOURCES:
        for path in sorted((tree / folder).rglob("*")):
            if path.suffix in {".py", ".html", ".js"}:
                yield path


def _copy(to: Path) -> Path:
    """The tree as it stands, with what was fetched for it."""
    tree = to / "tree"
    shutil.copytree(ROOT, tree, ignore=LEFT_OUT)
    (tree / "node_modules").symlink_to(ROOT / "node_modules")
    return tree


def _pytest(tree: Path, *what: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *what],
        cwd=tree,
        capture_output=True,
        text=True,
        check=False,
    )


def _holding(key: str) -> list[str]:
    """How to run what holds this; what needs a browser comes last."""
    files = sorted({path for path, _ in tests()[key]}, key=lambda path: ("browser" in path, path))
    return [f"--holds={key}", *(f"tests/{path}" for path in files)]


def _try(each: Break, tree: Path) -> tuple[bool, str]:
    """Break it, run what holds it until a test fails, mend it: then that same test must pass."""
    path = each.place(tree)
    whole = path.read_text()
    path.write_text(whole.replace(each.find, each.put))
    try:
        broken = _pytest(tree, "-x", *_holding(each.key))
    finally:
        path.write_text(whole)
    if not broken.returncode:
        return False, "stayed green"
    failed = FAILED.search(broken.stdout)
    if broken.returncode != RED or failed is None:
        return False, f"the tests could not run\n{broken.stdout[-2000:]}{broken.stderr[-2000:]}"
    mended = _pytest(tree, failed[1])
    if mended.returncode:
        return False, f"{failed[1]} fails without it too\n{mended.stdout[-2000:]}"
    return True, failed[1]


def main(chosen: list[str]) -> int:
    todo = breaks(*(f"promise:{each}" if each.isdigit() else each for each in chosen))
    reds = 0
    with tempfile.TemporaryDirectory() as folder:
        tree = _copy(Path(folder))
        for each in todo:
            each.place(tree)
        for each in todo:
            start = time.monotonic()
            went_red, where = _try(each, tree)
            reds += went_red
            state, took = "red" if went_red else "BAD", time.monotonic() - start
            print(f"{each.key:13}  {state} {took:4.0f} s  {each.what}: {where}", flush=True)
    print(f"{reds} of {len(todo)} breaks went red.")
    return int(reds < len(todo))


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except DoesNotApply as problem:
        sys.exit(str(problem))
