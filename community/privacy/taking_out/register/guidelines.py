"""Beside the id of a guideline, what it asks for."""

from collections.abc import Iterable, Mapping

from flask_babel import gettext

from community.groups.guidelines.queries import named
from community.groups.guidelines.rules import OwnRule
from community.privacy.taking_out.register.entry import Row
from community.safety.guidelines import BY_ID


def with_guidelines(rows: list[Row]) -> Iterable[Row]:
    """A group’s as it was worded then, with the group’s name: nobody finds it by its id. The
    site’s by its title: its words are on a page for everybody."""
    own = named(row["rule_id"] for row in rows)
    for row in rows:
        yield {**row, **_worded(row["rule_id"], own)}


def _worded(rule_id: str, own: Mapping[str, OwnRule]) -> Row:
    if rule_id in own:
        one = own[rule_id]
        return {"guideline": one.title, "which_asks": one.words, "of_group": one.group_name}
    return {"guideline": gettext(BY_ID[rule_id].title)} if rule_id in BY_ID else {}
