"""What an admin looks for in the record."""

from uuid import UUID

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import SelectField, StringField
from wtforms.validators import ValidationError

from community.core.forms import Form
from community.moderation.openness.queries import Wanted
from community.moderation.openness.rules import ACTS


class WantedForm(Form):
    """Each may be left open."""

    action = SelectField(_("What was done"), default="")
    name = StringField(_("By whom"), description=_("The name, whole."))
    item = StringField(_("About which item"), description=_("Its number, from this page."))

    class Meta:
        csrf = False  # it only asks

    def offer(self) -> None:
        """Say what there is to choose from."""
        known = [(action, gettext(words)) for action, words in ACTS.items()]
        self.action.choices = [("", gettext("Anything")), *known]

    def validate_item(self, field: StringField) -> None:
        if field.data and _number(field.data) is None:
            raise ValidationError(gettext("Copy the number from this page, whole."))

    @property
    def wanted(self) -> Wanted:
        name = (self.name.data or "").strip()
        return Wanted(self.action.data or None, name or None, _number(self.item.data or ""))


def _number(typed: str) -> UUID | None:
    try:
        return UUID(typed.strip())
    except ValueError:
        return None
