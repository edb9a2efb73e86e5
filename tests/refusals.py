"""Why something was refused."""

from collections.abc import Callable

import pytest

from community.core.verdict import Reason, Refused


def refusal(act: Callable[[], object]) -> Reason:
    """The reason this is refused with."""
    with pytest.raises(Refused) as caught:
        act()
    return caught.value.reason
