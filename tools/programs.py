"""Finds the programs that tests need beside Python; as root on Debian, installs them first.

They come from the distribution, never from a download of our own; but for one that Go builds.
"""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

TRIES = 3  # mirrors are sometimes busy for a few seconds


def found(variable: str, names: Iterable[str]) -> list[Path]:
    """Those of these names that there are; or only the one that the setting names."""
    named = os.environ.get(variable)
    return [Path(each) for each in map(shutil.which, [named] if named else names) if each]


def insist(command: list[str], environ: dict[str, str], out: int | None = None) -> None:
    """Run it until it succeeds: it brings something over the network."""
    for attempt in range(1, TRIES + 1):
        made = subprocess.run(
            command,
            env={**os.environ, **environ},
            stdin=subprocess.DEVNULL,
            stdout=out,
            check=False,
        )
        if made.returncode == 0:
            return
        if attempt < TRIES:
            time.sleep(10 * attempt)


@dataclass(frozen=True)
class Program:
    """Something that is found by name on the PATH, or where Debian keeps it."""

    title: str
    names: tuple[str, ...]
    package: str
    variable: str  # the setting that names another one
    skipped: str
    kept_as: str = ""  # a pattern; the newest version counts

    def find(self) -> Path | None:
        """The one that the setting names, or the first that is there."""
        there = found(self.variable, self.names)
        if self.kept_as and not os.environ.get(self.variable):
            there += sorted(Path("/").glob(self.kept_as), reverse=True)
        return there[0] if there else None

    def advice(self) -> str:
        return (
            f"Without {self.title} {self.skipped}. Install it (Debian: sudo apt install "
            f"{self.package}) or set {self.variable}=/path/to/{self.names[0]}."
        )


CHROMIUM = Program(
    title="Chromium",
    names=("chromium", "chromium-browser", "google-chrome"),
    package="chromium",
    variable="CHROMIUM",
    skipped="the tests in tests/browser are skipped",
)
# The same without its windows: a page comes with a third of the work.
HEADLESS = Program(
    title="the headless shell of Chromium",
    names=("chromium-headless-shell",),
    package="chromium-headless-shell",
    variable="CHROMIUM",
    skipped="the tests in tests/browser take longer",
)
POSTGRESQL = Program(
    title="PostgreSQL",
    names=("postgres",),
    package="postgresql",
    variable="POSTGRES",
    skipped="the tests that need it are skipped; the others run on SQLite",
    kept_as="usr/lib/postgresql/*/bin/postgres",
)
COTURN = Program(
    title="coturn",
    names=("turnserver",),
    package="coturn",
    variable="COTURN",
    skipped="the tests of the relay are skipped",
)
REDIS = Program(
    title="Redis",
    names=("redis-server",),
    package="redis-server",
    variable="REDIS",
    skipped="the tests of several processes are skipped",
)
PROGRAMS = (CHROMIUM, POSTGRESQL, COTURN, REDIS, HEADLESS)


@dataclass(frozen=True)
class Built:
    """A program that Debian doesn’t have: Go makes it from a source that the Go checksum database
    knows, into a folder of ours that git ignores."""

    title: str
    source: str  # as `go install` takes it
    folder: Path
    name: str
    variable: str  # the setting that names another one

    def find(self) -> Path | None:
        """The one that the setting names, or ours if it is built."""
        return next(iter(found(self.variable, [str(self.folder / self.name)])), None)

    def build(self) -> None:
        """Once, where there is Go."""
        if self.find() or os.environ.get(self.variable) or not shutil.which("go"):
            return
        print(f"Building {self.title} for the tests, in a minute or two …", flush=True)
        self.folder.mkdir(parents=True, exist_ok=True)
        insist(["go", "install", self.source], {"GOBIN": str(self.folder)})

    def advice(self) -> str:
        return (
            f"Without {self.title} the tests of the media server are skipped. Install Go (1.22 or "
            f"newer) and say `make programs`, or set {self.variable}=/path/to/livekit-server."
        )


# Newer tags hold `replace` directives, and Go installs none of those.
LIVEKIT = Built(
    title="LiveKit",
    source="github.com/livekit/livekit-server/cmd/server@v1.8.4",
    folder=Path(__file__).resolve().parents[1] / "var" / "programs",
    name="server",
    variable="LIVEKIT_SERVER",
)


def install(missing: list[Program]) -> None:
    """Ask Debian for them, where that can be done."""
    wanted = [each.package for each in missing if not os.environ.get(each.variable)]
    if not wanted or os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    print(f"Installing from Debian for the tests: {', '.join(wanted)} …", flush=True)
    command = "apt-get -q update && apt-get -qy install --no-install-recommends"
    insist(
        ["sh", "-c", f"{command} {' '.join(wanted)}"],
        {"DEBIAN_FRONTEND": "noninteractive"},
        subprocess.DEVNULL,
    )


def main() -> None:
    """Say one clear line for each that is missing; never fail because of it."""
    missing = [each for each in PROGRAMS if not each.find()]
    install([each for each in missing if each is not HEADLESS])
    install([each for each in missing if each is HEADLESS])  # which not every Debian has
    LIVEKIT.build()
    for each in (*PROGRAMS, LIVEKIT):
        if not each.find():
            print(each.advice(), file=sys.stderr)


if __name__ == "__main__":
    main()
