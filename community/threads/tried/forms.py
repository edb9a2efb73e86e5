"""The fields of what somebody tried. Shape only."""

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import RadioField, ValidationError
from wtforms.fields.choices import SelectChoice

from community.core.forms import Form, Line, Words
from community.core.sentences import gettext
from community.threads.tried.rules import (
    ADVISED,
    LABELS,
    PART_MOST,
    WHAT_MOST,
    Tried,
    parted,
)

PREFIX = "tried_"


class TriedForm(Form):
    """A form with words, to which what somebody tried can be added."""

    tried_what = Line(
        _(LABELS["what"]),
        None,
        WHAT_MOST,
        description=_("In a few words, like “injections into my neck”."),
    )
    tried_how_long = Line(
        _(LABELS["how_long"]), None, PART_MOST, description=_("In your own words.")
    )
    tried_changed = Words(_(LABELS["changed"]), None, PART_MOST)
    tried_hard = Words(_(LABELS["hard"]), None, PART_MOST)
    tried_advised = RadioField(_(LABELS["advised"]), default="", validate_choice=False)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.tried_advised.choices = [
            *(SelectChoice(each, gettext(each)) for each in ADVISED),
            SelectChoice("", gettext("I’d rather not say")),
        ]
        if self.tried_advised.data not in ADVISED:
            self.tried_advised.data = ""

    def validate_tried_what(self, field: Line) -> None:
        """It is asked for once anything else is there."""
        if self.tried.lacks_what:
            raise ValidationError(gettext("Write in a few words what you tried."))

    def validate_tried_how_long(self, field: Line) -> None:
        """A name alone tells nobody anything."""
        if self.tried.lacks_more:
            raise ValidationError(
                gettext(
                    "Add one thing more: how long, what changed, what was hard, or who advised it."
                )
            )

    @property
    def tried(self) -> Tried:
        """The note as it was typed."""
        return Tried(**{name: self[PREFIX + name].data or "" for name in LABELS})


def fields_of(text: str) -> dict[str, str]:
    """What stands in the fields, words and note, when this is the text."""
    words, tried = parted(text)
    return {"words": words, **{PREFIX + name: getattr(tried, name) for name in LABELS}}
