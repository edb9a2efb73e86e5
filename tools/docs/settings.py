"""Every setting, as config.py declares it."""

from collections.abc import Callable, Mapping

from config import declared
from tools.docs.table import table


def settings() -> str:
    return table(
        ("Setting", "When it isn’t set", "What it is"),
        (
            (
                f"`{each.name}`",
                "**it is needed**" if each.is_needed else _shown(its.default),
                each.about,
            )
            for each, its in declared()
        ),
    )


def _shown(default: object) -> str:
    if isinstance(default, bool):
        return f"`{int(default)}`"
    return f"`{default}`" if default else "–"


PARTS: Mapping[str, Callable[[], str]] = {"settings": settings}
