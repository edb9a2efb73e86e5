"""What each page may ask of the database and send to the browser: counted, so the same anywhere.

`make budgets` writes bench/budgets.json anew; a house test compares. A change that makes a page
heavier has to say so in a commit.
"""

import json
import tempfile
from collections.abc import Mapping
from pathlib import Path

from bench.pages import Page, among, paths
from bench.statements import asked_meanwhile, rows
from bench.store import Store

KEPT = Path(__file__).with_name("budgets.json")
POSTS = 20_000  # enough that every list is full

Counts = Mapping[str, int]


def counted(folder: Path) -> dict[str, Counts]:
    """Statements, rows read and bytes of HTML for each measured page."""
    with among(folder, POSTS) as made:
        return {name: _of(made, Page(made, path, has)) for name, (path, has) in paths(made).items()}


def _of(made: Store, page: Page) -> Counts:
    with asked_meanwhile(made) as asked:
        html = page.get()
    return {
        "statements": len(asked),
        "rows": rows(made, asked),
        "bytes": len(html.encode()),
    }


def main() -> None:
    """Keep what was counted."""
    with tempfile.TemporaryDirectory() as folder:
        KEPT.write_text(json.dumps(counted(Path(folder)), indent=2) + "\n")


if __name__ == "__main__":
    main()
