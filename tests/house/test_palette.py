"""The colours of the three themes: every pair that people have to tell apart, as numbers."""

import re
from itertools import product
from pathlib import Path

import pytest

CSS = (Path(__file__).resolve().parents[2] / "static/css/site.css").read_text()
TOKENS = re.compile(r"--([a-z0-9]+): (#[0-9A-F]{6});")
BLOCKS = {
    name: dict(TOKENS.findall(re.search(re.escape(start) + r" \{(.*?)\}", CSS, re.S)[1]))  # type: ignore[index]
    for name, start in {
        "day": ':root, [data-theme="day"]',
        "evening": '\n  [data-theme="evening"]',
        "low": '\n  [data-theme="low"]',
        "as the device says": ":root:not([data-theme])",
    }.items()
}
THEMES = ("day", "evening", "low")

# look-and-words.md 5.2. What is read needs 7:1; what is pressed, or shows the focus, 3:1.
READ = [
    *product(("text", "muted"), ("bg", "surface", "sunk")),
    *product(("link",), ("bg", "surface")),
    ("onprimary", "primary"),
    ("warntext", "warnbg"),
    ("oktext", "okbg"),
    ("infotext", "info"),
    ("danger", "surface"),
    ("surface", "speaker"),
]
TOLD_APART = [
    *product(("primary", "border", "speaker", "focus1"), ("bg", "surface")),
    ("focus2", "focus1"),
    ("focus2", "primary"),
]


def luminance(colour: str) -> float:
    shares = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, two: str) -> float:
    dark, light = sorted((luminance(one), luminance(two)))
    return (light + 0.05) / (dark + 0.05)


def too_weak(theme: str, pairs: list[tuple[str, str]], needed: float) -> dict[str, float]:
    tokens = BLOCKS[theme]
    found = {f"{one} on {two}": contrast(tokens[one], tokens[two]) for one, two in pairs}
    return {pair: ratio for pair, ratio in found.items() if ratio < needed}


@pytest.mark.parametrize("theme", THEMES)
def test_what_is_read_stands_out(theme: str) -> None:
    assert too_weak(theme, READ, 7) == {}


@pytest.mark.parametrize("theme", THEMES)
def test_edges_and_the_focus_are_told_apart(theme: str) -> None:
    assert too_weak(theme, TOLD_APART, 3) == {}


@pytest.mark.holds("F:F40")
def test_low_light_is_dark_and_holds_no_pure_white() -> None:
    assert luminance(BLOCKS["low"]["bg"]) <= 0.01
    assert max(map(luminance, BLOCKS["low"].values())) < 0.6


def test_a_device_that_is_dark_gets_the_evening() -> None:
    assert BLOCKS["as the device says"] == BLOCKS["evening"]


def test_every_theme_says_every_colour() -> None:
    assert {tuple(tokens) for tokens in BLOCKS.values()} == {tuple(BLOCKS["day"])}
