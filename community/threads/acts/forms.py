"""Why a moderator does something: the end of each of their forms."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import SelectField
from wtforms.validators import DataRequired

from community.core.forms import Form, Words
from community.safety.guidelines import NUMBERS, RULES
from community.threads.acts.rules import WHY_MOST, Because


def guidelines() -> dict[str, str]:
    """The titles of the guidelines by their ids, numbered as on their page."""
    return {rule.id: f"{NUMBERS[rule.id]}. {gettext(rule.title)}" for rule in RULES}


class BecauseForm(Form):
    """A guideline, and why, in words that others read."""

    rule = SelectField(
        _("Which guideline?"),
        validators=[DataRequired(_("Choose the guideline it is about."))],
    )
    why = Words(_("Why?"), _("Say why, in a few words."), WHY_MOST)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rule.choices = [("", gettext("Choose one")), *guidelines().items()]

    @property
    def because(self) -> Because:
        """What was chosen and typed."""
        return Because(self.rule.data, self.why.data or "")
