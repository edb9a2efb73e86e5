"""Many presses at the same moment."""

from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from community.core.db import transaction
from community.core.verdict import Refused
from tests.core.db.kept import wait_until_somebody_waits
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


def one_waits_for(
    make: Make,
    first: Callable[[], object],
    second: Callable[[], object],
    having: Callable[[], object] | None = None,
) -> None:
    """The second begins while the first isn’t kept yet, and waits for it. `having` is what the
    first has locked when the second begins: it does the rest when the second waits for that.

    For PostgreSQL: on SQLite the second would not have read anything yet.
    """

    def press() -> None:
        with make.app.app_context(), transaction():
            second()

    with make.app.app_context(), ThreadPoolExecutor(1) as other:
        with transaction():
            (having or first)()
            waiting = other.submit(press)
            wait_until_somebody_waits()
            if having:
                first()
        waiting.result()
