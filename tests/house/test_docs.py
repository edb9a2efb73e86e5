"""What is made in docs/ says what the code and the marks say."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.holds import REGISTER

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.thorough
def test_no_made_part_of_the_docs_is_stale() -> None:
    check = [sys.executable, "-m", "tools.docs", "--check"]
    run = subprocess.run(check, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (run.returncode, run.stdout) == (0, ""), run.stderr


def test_each_family_has_its_table_beside_the_summary_that_counts_it() -> None:
    page = (ROOT / "docs" / "capabilities.md").read_text()
    missing = [name for name in REGISTER if f"<!-- made: held-{name} -->" not in page]
    assert not missing
