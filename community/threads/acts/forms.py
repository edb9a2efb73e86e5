"""Why a moderator does something: the end of each of their forms."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import Field, SelectField
from wtforms.validators import DataRequired, ValidationError

from community.core.forms import Form, Words
from community.groups.guidelines.rules import OwnRule
from community.safety.guidelines import NUMBERS, RULES
from community.threads.acts.rules import NOT_SEEN, WHY_MOST, Because


def guidelines() -> dict[str, str]:
    """The titles of the guidelines by their ids, numbered as on their page."""
    return {rule.id: f"{NUMBERS[rule.id]}. {gettext(rule.title)}" for rule in RULES}


def was_sent(form: Form, field: Field) -> None:
    """A check: a form says what stood on its page, also that nothing did."""
    if not field.raw_data:
        raise ValidationError(gettext(NOT_SEEN.text))


class BecauseForm(Form):
    """A guideline of the site, or one that the group asks for beside it (`own`), and why, in words
    that others read."""

    rule = SelectField(
        _("Which guideline?"),
        validators=[DataRequired(_("Choose the guideline it is about."))],
    )
    why = Words(_("Why?"), _("Say why, in a few words."), WHY_MOST)

    def __init__(self, own: Mapping[str, OwnRule], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rule.choices = [("", gettext("Choose one")), *{**guidelines(), **own}.items()]

    @property
    def because(self) -> Because:
        """What was chosen and typed."""
        return Because(self.rule.data, self.why.data or "")
