"""Writes what is made in docs/: `make docs`. With --check it only says what is stale.

A made part stands between two comments in a page that is otherwise written by hand:

    <!-- made: routes -->
    <!-- made end -->
"""

import re
import sys
from pathlib import Path

from tools.docs import circle, marks, moderation, permissions, protocol, settings, words

ROOT = Path(__file__).resolve().parents[2]
PART = re.compile(r"(<!-- made: (\S+) -->\n).*?(<!-- made end -->)", re.DOTALL)

# Each makes one part.
PLAIN = {
    **permissions.PARTS,
    **protocol.PARTS,
    **circle.PARTS,
    **settings.PARTS,
    **words.PARTS,
    **moderation.PARTS,
}


def made(page: str, run: marks.Run) -> str:
    """The page with every made part made anew."""

    def make(part: re.Match[str]) -> str:
        start, name, end = part.groups()
        text = marks.PARTS[name](run) if name in marks.PARTS else PLAIN[name]()
        return f"{start}{text}\n{end}"

    return PART.sub(make, page)


def main(only_check: bool) -> int:
    """What the last whole run showed is news, and makes no page stale."""
    news = {} if only_check else marks.last_run()
    is_stale = False
    for path in sorted((ROOT / "docs").rglob("*.md")):
        page = path.read_text()
        fresh = made(page, {**marks.told_on(page), **news})
        if fresh == page:
            continue
        is_stale = True
        if only_check:
            print(f"{path.relative_to(ROOT)} is stale: `make docs` brings it up to date.")
        else:
            path.write_text(fresh)
            print(f"{path.relative_to(ROOT)} is up to date now.")
    return int(only_check and is_stale)


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv))
