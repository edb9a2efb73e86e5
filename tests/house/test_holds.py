"""The marks: every key is known, a whole run is counted, part of one leaves the count alone."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.holds import KEYS, MISSING, REGISTER, counted

ROOT = Path(__file__).resolve().parents[2]
SUITE = """
import pytest

@pytest.mark.holds("promise:3", "circle:R2")
@pytest.mark.parametrize("turn", range(2))
def test_twice(turn): pass

@pytest.mark.holds("circle:R2")
def test_red(): assert False

@pytest.mark.holds("circle:R2")
def test_left_out(): pytest.skip()

@pytest.fixture
def torn():
    yield
    raise ValueError

@pytest.mark.holds("F:F89")
def test_torn_down_badly(torn): pass
"""


@pytest.fixture(scope="module")
def counted_suite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small suite of its own with our marks, after a whole run."""
    folder = tmp_path_factory.mktemp("counted")
    (folder / "pytest.toml").write_text(
        f'[pytest]\ntestpaths = ["suite"]\npythonpath = ["{ROOT}"]\nmarkers = ["holds: keys"]\n'
    )
    (folder / "suite").mkdir()
    (folder / "suite" / "conftest.py").write_text('pytest_plugins = ["tests.holds"]\n')
    (folder / "suite" / "test_suite.py").write_text(SUITE)
    run(folder, "-n0")
    return folder


@pytest.fixture
def suite(counted_suite: Path, tmp_path: Path) -> Path:
    return shutil.copytree(counted_suite, tmp_path / "copy")


def run(suite: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *options]
    return subprocess.run(command, cwd=suite, capture_output=True, text=True, check=False)


def count(suite: Path) -> dict[str, dict[str, int]]:
    return json.loads((suite / "var" / "holds.json").read_text())


def test_the_keys_are_those_of_the_design() -> None:
    sizes = {name: len(keys) for name, keys in REGISTER.items()}
    assert sizes == {
        "promise": 10,
        "circle": 13 + 11,
        "acceptance": 10,
        "moderation": 25,
        "asvs": 40,
        "F": 57,
        "raur": 20,
        "seed": 45,
    }
    assert set(MISSING) <= set(KEYS)


def test_what_nothing_holds_is_counted_too() -> None:
    assert counted({}, {}) == {
        key: {"ran": 0, "passed": 0, "failed": 0, "skipped": 0} for key in KEYS
    }


@pytest.mark.thorough
@pytest.mark.parametrize("workers", [[], ["-n2"]])
def test_a_whole_run_is_counted_test_by_test(suite: Path, workers: list[str]) -> None:
    if workers:
        run(suite, *workers)
    counts = count(suite)
    assert set(counts) == set(KEYS)
    assert counts["promise:3"] == {"ran": 2, "passed": 2, "failed": 0, "skipped": 0}
    assert counts["circle:R2"] == {"ran": 3, "passed": 2, "failed": 1, "skipped": 1}
    assert counts["F:F89"] == {"ran": 1, "passed": 0, "failed": 1, "skipped": 0}
    assert counts["seed:1"]["ran"] == 0


def test_part_of_a_run_leaves_the_count_alone(suite: Path) -> None:
    before = count(suite)
    for part in ("--holds=promise:3", "suite/test_suite.py::test_twice"):
        assert "2 passed" in run(suite, "-n0", part).stdout
        assert count(suite) == before


def test_a_run_that_breaks_off_leaves_no_count(suite: Path) -> None:
    run(suite, "-n0", "-x")
    assert not (suite / "var" / "holds.json").exists()


@pytest.mark.thorough
def test_an_unknown_key_is_refused(suite: Path) -> None:
    (suite / "suite" / "test_suite.py").write_text(SUITE.replace("promise:3", "promise:11"))
    for options in (["-n2"], ["-n0", "--collect-only"]):
        refused = run(suite, *options)
        assert refused.returncode
        assert "tests/holds.toml has no promise:11." in refused.stdout
    assert not (suite / "var" / "holds.json").exists()
