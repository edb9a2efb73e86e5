"""Many presses at the same moment."""

from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from community.core.db import transaction
from community.core.verdict import Refused
from tests.make import Make


def at_once(make: Make, presses: Sequence[Callable[[], object]]) -> Counter[str]:
    """Everybody in a thread of their own, let go at the same moment; what each was told."""
    start = Barrier(len(presses))

    def go(press: Callable[[], object]) -> str:
        with make.app.app_context():
            start.wait()
            try:
                with transaction():
                    press()
            except Refused as refused:
                return refused.reason.code
            return "taken"

    with ThreadPoolExecutor(len(presses)) as everybody:
        return Counter(everybody.map(go, presses))
