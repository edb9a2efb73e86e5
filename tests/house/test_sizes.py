"""The shape of the house: small files, small views, names that say something."""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CODE = sorted((ROOT / "community").rglob("*.py"))
NAMELESS = {"utils.py", "helpers.py", "common.py", "misc.py"}


def test_no_file_outgrows_its_reader() -> None:
    long = {
        str(p.relative_to(ROOT)): n for p in CODE if (n := len(p.read_text().splitlines())) > 450
    }
    assert long == {}


def test_every_name_says_something() -> None:
    assert [p for p in CODE if p.name in NAMELESS] == []


def test_packages_hold_one_docstring_and_no_import() -> None:
    for path in CODE:
        if path.name == "__init__.py":
            body = ast.parse(path.read_text()).body
            assert len(body) == 1, path
            assert isinstance(body[0], ast.Expr), path


def test_every_module_says_what_it_is() -> None:
    assert [p for p in CODE if not ast.get_docstring(ast.parse(p.read_text()))] == []


def test_views_find_and_render_or_act_and_redirect() -> None:
    long = []
    for path in CODE:
        if path.name != "views.py":
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef):
                size = (node.end_lineno or 0) - node.lineno
                if size > 26:
                    long.append((str(path.relative_to(ROOT)), node.name, size))
    assert long == []


def test_views_and_events_send_no_statements() -> None:
    for path in CODE:
        if path.name in {"views.py", "events.py", "forms.py"}:
            text = path.read_text()
            assert "select(" not in text, path
            assert "db.session" not in text, path


def test_there_is_one_lock_and_one_commit() -> None:
    for path in CODE:
        text = path.read_text()
        home = path.relative_to(ROOT).as_posix()
        if home != "community/core/db.py":
            assert ".commit(" not in text, home
            assert "with_for_update(" not in text.replace("with_for_update(skip_locked", ""), home
