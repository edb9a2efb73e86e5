"""Every break of `make sabotage` still finds what it breaks; whether it goes red, that shows."""

import pytest

from tools.sabotage import ROOT, Break, breaks


def test_every_promise_can_be_broken() -> None:
    assert {each.promise for each in breaks()} == set(range(1, 11))


@pytest.mark.parametrize("each", breaks(), ids=lambda each: f"{each.promise}: {each.what}")
def test_a_break_applies(each: Break) -> None:
    assert each.place(ROOT).read_text().count(each.find) == 1
    assert each.put != each.find
