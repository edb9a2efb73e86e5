"""The one place that asks the world what time it is."""

from datetime import UTC, datetime


class SystemClock:
    """The clock on the wall. Keeps the `Clock` port."""

    def now(self) -> datetime:
        """This instant, aware, in UTC."""
        return datetime.now(UTC)
