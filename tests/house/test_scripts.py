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


TAKES_AWAY = re.compile(
    r"animationend|transitionend|set(?:Timeout|Interval)\((?:[^;]|;(?! *\n))*?"
    r"(?:\.hidden = true|\.remove\(\)|\.replaceChildren\(\)|textContent = \"\")"
)


@pytest.mark.holds("F:F52")
@pytest.mark.parametrize("away", ["hidden = true", "remove()", "replaceChildren()"])
def test_no_timer_takes_words_away(away: str) -> None:
    assert TAKES_AWAY.search(f"setTimeout(() => line.{away}, 5000);")
    assert found(TAKES_AWAY) == []


PRESSES = re.compile(r'addEventListener\("click", [^\n]*\n[^\n]*\n?[^\n]*')


@pytest.mark.holds("F:F82")
def test_whatever_hears_presses_beside_threads_leaves_out_a_second_unmeant_one() -> None:
    heard = [
        (path.name, hit.group())
        for path in (ROOT / "static" / "js" / "threads").glob("*.js")
        for hit in PRESSES.finditer(path.read_text())
    ]
    assert heard
    assert [each for each in heard if "isSecond(" not in each[1]] == []
