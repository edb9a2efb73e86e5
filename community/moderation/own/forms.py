"""What a moderator decides of themselves, and what it is about."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import SelectField

from community.moderation.forms import DecisionForm
from community.moderation.own.rules import GROUPS, OUTCOMES


class OwnForm(DecisionForm):
    """A decision as any other, with what would otherwise stand in a report. Its version is the
    post’s."""

    about = SelectField(
        _("What is nearest?"),
        description=_("If you hide it, this says how urgent it is, and in whose queue it stands."),
        default="other",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(OUTCOMES)
        self.about.choices = {
            gettext(group.label): [(each.id, gettext(each.label)) for each in group.reasons]
            for group in GROUPS
        }
        del self.notes
