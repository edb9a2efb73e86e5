"""What no script of ours does, because somebody’s hands or eyes could not."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = [*(ROOT / "static" / "js").rglob("*.js"), *(ROOT / "templates").rglob("*.html")]
HARD = re.compile(
    r"draggable|ondrag|dragstart|pointermove|mousemove|mouseenter|mouseover|dblclick|contextmenu|"
    r"touchstart|touchmove|gesture|devicemotion|deviceorientation"
)


SCORES = re.compile(
    r"\b(followers?|streaks?|leaderboard|karma|last seen|seen by|is typing)\b", re.I
)


def found(pattern: re.Pattern[str]) -> list[tuple[str, str]]:
    return [
        (path.name, hit.group()) for path in SOURCES for hit in pattern.finditer(path.read_text())
    ]


@pytest.mark.holds("F:F02", "F:F81")
def test_nothing_is_dragged_swiped_held_or_pressed_twice() -> None:
    assert found(HARD) == []


@pytest.mark.holds("F:F112")
def test_nobody_is_counted_ranked_or_watched_reading() -> None:
    assert found(SCORES) == []
