"""Every break of `make sabotage` still finds what it breaks; whether it goes red, that shows."""

import pytest

from tests.holds import KEYS
from tools.sabotage import ROOT, Break, breaks


def test_every_promise_can_be_broken() -> None:
    broken = {each.key for each in breaks()}
    assert broken >= {f"promise:{number}" for number in range(1, 11)}
    assert broken <= set(KEYS)


@pytest.mark.parametrize("each", breaks(), ids=lambda each: f"{each.key}: {each.what}")
def test_a_break_applies(each: Break) -> None:
    assert each.place(ROOT).read_text().count(each.find) == 1
    assert each.put != each.find
