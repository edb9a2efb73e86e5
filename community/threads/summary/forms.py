"""What was typed to write a thread in short, or to take that away. Shape only."""

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, HiddenField
from wtforms.validators import ValidationError

from community.core.forms import Form, Words
from community.core.sentences import gettext
from community.core.verdict import Refused
from community.threads.acts.forms import was_sent
from community.threads.acts.rules import NOT_SEEN
from community.threads.pace.forms import seen_id
from community.threads.summary.actions import Seen
from community.threads.summary.rules import SUMMARY_MOST

WHY_MOST = 600


class SummaryForm(Form):
    """A few sentences, and what stood on the page."""

    words = Words(
        _("The thread in short"),
        _("Write a sentence or two, or leave it as it was."),
        SUMMARY_MOST,
        description=_(
            "What it’s about, and what came of it. Use up to 600 characters. Please name nobody, "
            "and leave out what could say who somebody is."
        ),
    )
    to_newest = BooleanField(_("It tells of the newest replies too"))
    seen = HiddenField(validators=[was_sent])
    last = HiddenField(validators=[was_sent])

    @property
    def on_page(self) -> Seen:
        """What whoever wrote had before them. `Refused` where it doesn’t say."""
        try:
            return Seen(seen_id(self.seen.data), int(self.last.data or ""))
        except ValueError:
            raise Refused(NOT_SEEN) from None


class TakeAwayForm(Form):
    """Why, where somebody else wrote it."""

    why = Words(_("Why?"), None, WHY_MOST, description=_("Whoever wrote it reads this."))
    seen = HiddenField(validators=[was_sent])
    is_own = False

    def validate_why(self, field: Words) -> None:
        """Nobody says why they take away their own words."""
        if not self.is_own and not field.data:
            raise ValidationError(gettext("Say why, in a few words."))
