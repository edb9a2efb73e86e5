"""Finds Chromium for the browser tests; as root on Debian, installs it first.

Browsers come from the distribution, never from a download of our own.
"""

import os
import shutil
import subprocess
import sys
import time

NAMES = ("chromium", "chromium-browser", "google-chrome")
INSTALL = "apt-get -q update && apt-get -qy install --no-install-recommends chromium"
TRIES = 3  # Debian's mirrors are sometimes busy for a few seconds


def find() -> str | None:
    """The browser that $CHROMIUM names, or the first that is on the PATH."""
    named = os.environ.get("CHROMIUM")
    return next(filter(None, map(shutil.which, [named] if named else NAMES)), None)


def install() -> bool:
    """Ask Debian for it, more than once. False where that can't be done."""
    if os.environ.get("CHROMIUM") or os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    print("Installing Chromium from Debian for the browser tests …", flush=True)
    for attempt in range(1, TRIES + 1):
        answer = subprocess.run(
            ["sh", "-c", INSTALL],
            env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            check=False,
        )
        if answer.returncode == 0:
            return True
        if attempt < TRIES:
            time.sleep(10 * attempt)
    return False


def main() -> None:
    """Say one clear line when the browser tests will be skipped; never fail because of it."""
    if find() or install():
        return
    print(
        "Without Chromium the tests in tests/browser are skipped. "
        "Install it (Debian: sudo apt install chromium) or set CHROMIUM=/path/to/it.",
        file=sys.stderr,
    )


if __name__ == "__main__":
    main()
