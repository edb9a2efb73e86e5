"""Every template compiles, has a title, escapes what people wrote, and speaks our words."""

import re
from pathlib import Path

import pytest
from flask import Flask

from community.dystonia.claims import CLAIMS
from community.dystonia.topics import TOPICS

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
WHAT_IS_MEANT = ROOT / "community/dystonia/claims.py"
LETTERS = [path for path in TEMPLATES if path.parent.name == "letters"]

# look-and-words 5.1
NEVER = re.compile(
    r"\b(patients?|sufferers?|suffering from|victims?|brave|battle|afflicted|journey to)\b", re.I
)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_it_compiles(path: Path, application: Flask) -> None:
    assert application.jinja_env.get_template(path.relative_to(ROOT / "templates").as_posix())


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_a_page_has_a_title(path: Path) -> None:
    text = path.read_text()
    if path in LETTERS:
        assert "{% set subject =" in text
    elif text.lstrip().startswith("{% extends") and "layout" not in path.parts[-2]:
        assert "{% block title %}" in text


@pytest.mark.holds("asvs:31")
def test_nothing_that_people_wrote_is_put_in_unescaped() -> None:
    """Post HTML was sanitised when it was written; it is the one thing marked safe."""
    found = [
        (path.relative_to(ROOT).as_posix(), line.strip())
        for path in TEMPLATES
        for line in path.read_text().splitlines()
        if "|safe" in line.replace(" ", "")
    ]
    assert [at for at in found if ".html|safe" not in at[1].replace(" ", "")] == []


@pytest.mark.holds("asvs:26")
def test_there_is_no_inline_script_or_style() -> None:
    for path in TEMPLATES:
        text = path.read_text()
        assert not re.search(r"<script(?![^>]*\b(src|type=\"application/json\"))", text), path
        assert not re.search(r"<\w[^>{]*\son[a-z]+=\"", text), path
        assert not re.search(r"<\w[^>{]*\sstyle=\"", text), path


def _said_by_us() -> list[tuple[str, str]]:
    sources = [*TEMPLATES, *sorted((ROOT / "community").rglob("*.py"))]
    said = [(p.relative_to(ROOT).as_posix(), p.read_text()) for p in sources if p != WHAT_IS_MEANT]
    return [*said, *((t.slug, f"{t.words} {t.note}") for t in TOPICS)]


@pytest.mark.holds("promise:9")
def test_the_product_claims_no_cause_and_no_cure() -> None:
    found = [(where, hit.group()) for where, text in _said_by_us() for hit in CLAIMS.finditer(text)]
    assert found == []


def test_people_are_never_called_by_their_condition() -> None:
    found = [(where, hit.group()) for where, text in _said_by_us() for hit in NEVER.finditer(text)]
    assert found == []


def test_what_nobody_can_undo_asks_once_more(application: Flask) -> None:
    ends = ("erase", "hurry")  # views that erase at once
    views = {rule.endpoint for rule in application.url_map.iter_rules()}
    presses = {f'url_for("{view}"' for view in views if view.split(".")[-1] in ends}
    presses |= {'"card-erase"'}  # in the browser alone
    asked = re.compile(r"{%-? call once_more\(.+?{%-? endcall %}", re.S)
    texts = [path.read_text() for path in TEMPLATES]
    for press in presses:
        drawn = sum(text.count(press) for text in texts)
        within = sum(part.count(press) for text in texts for part in asked.findall(text))
        assert drawn == within > 0, press
