"""What somebody says to what they were asked."""

from collections.abc import Collection

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import RadioField
from wtforms.validators import DataRequired

from community.core.forms import Form
from community.moderation.agreements.rules import SENTENCES, Answer
from community.moderation.rules.case import Outcome

YES = {
    Outcome.DISTANCE: _("Yes, let us keep apart"),
    Outcome.APOLOGY: _("Yes, I’d like to hear it"),
}


class AnswerForm(Form):
    """Yes or no, without a reason."""

    answer = RadioField(
        _("What do you say?"), validators=[DataRequired(_("Choose what you’d like to say."))]
    )

    def offer(self, outcome: Outcome, answers: Collection[Answer]) -> None:
        """Say what there is to choose from."""
        words = {
            Answer.YES: YES[outcome],
            Answer.NO: gettext("No, thank you"),
            **{answer: gettext(sentence) for answer, sentence in SENTENCES.items()},
        }
        self.answer.choices = [(each.value, words[each]) for each in answers]
