"""Finds the programs that tests need beside Python; as root on Debian, installs them first.

They come from the distribution, never from a download of our own.
"""

import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

TRIES = 3  # Debian's mirrors are sometimes busy for a few seconds


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
        named = os.environ.get(self.variable)
        on_path = map(shutil.which, [named] if named else self.names)
        found = [Path(each) for each in on_path if each]
        if self.kept_as and not named:
            found += sorted(Path("/").glob(self.kept_as), reverse=True)
        return found[0] if found else None

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
PROGRAMS = (CHROMIUM, POSTGRESQL, COTURN)


def install(missing: list[Program]) -> None:
    """Ask Debian for them, more than once, where that can be done."""
    wanted = [each.package for each in missing if not os.environ.get(each.variable)]
    if not wanted or os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    print(f"Installing from Debian for the tests: {', '.join(wanted)} …", flush=True)
    command = "apt-get -q update && apt-get -qy install --no-install-recommends"
    for attempt in range(1, TRIES + 1):
        answer = subprocess.run(
            ["sh", "-c", f"{command} {' '.join(wanted)}"],
            env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            check=False,
        )
        if answer.returncode == 0:
            return
        if attempt < TRIES:
            time.sleep(10 * attempt)


def main() -> None:
    """Say one clear line for each that is missing; never fail because of it."""
    install([each for each in PROGRAMS if not each.find()])
    for each in PROGRAMS:
        if not each.find():
            print(each.advice(), file=sys.stderr)


if __name__ == "__main__":
    main()
