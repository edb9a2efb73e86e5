"""What was typed: the base of every form. Shape only; rules decide the rest."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from babel import support
from flask_babel import get_locale
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.i18n import messages_path
from wtforms.validators import DataRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

TOO_LONG = _("That’s a little long. Use up to %(max)d characters")
CHOOSE = _("Choose from what is offered here")

OURS: Mapping[str, Any] = {
    "Not a valid choice.": CHOOSE,
    "Invalid Choice: could not coerce.": CHOOSE,
    "'%(value)s' is not a valid choice for this field.": CHOOSE,
    "Invalid choice(s): one or more data inputs could not be coerced.": CHOOSE,
    "Not a valid integer value.": _("Enter a whole number, like 3"),
    "Not a valid date value.": _("Enter a date, like 24 November 2026"),
    "Not a valid time value.": _("Enter a time, like 6:30 pm"),
}
"""What we say in the place of WTForms’ own sentences, of those that people can meet."""


def _trimmed(value: str | None) -> str | None:
    return value.strip() if value else value


def _checks(missing: Any | None, most: int) -> list[Any]:
    needed = [DataRequired(missing)] if missing is not None else []
    return [*needed, Length(max=most, message=TOO_LONG)]


@cache
def _sentences_of(language: str) -> Any:
    return support.Translations.load(messages_path(), [language], domain="wtforms")


class _Sentences:
    """Ours, and WTForms’ own where there is none of ours."""

    def gettext(self, said: str) -> str:
        return str(OURS.get(said) or self._own.gettext(said))

    def ngettext(self, one: str, many: str, number: int) -> str:
        return str(OURS.get(one) or self._own.ngettext(one, many, number))

    @property
    def _own(self) -> Any:
        return _sentences_of(str(get_locale()))


SENTENCES = _Sentences()


class Form(FlaskForm):
    """A form of ours."""

    class Meta(FlaskForm.Meta):
        def get_translations(self, form: FlaskForm) -> Any:
            """Without the catalogue that Flask-WTF would read anew for each form."""
            return SENTENCES

    @property
    def status(self) -> int:
        """What its page answers: 422 when something that was typed has to be mended."""
        return 422 if self.errors else 200

    @cached_property
    def is_blank(self) -> bool:
        """Whether nothing was written or chosen in it, and nothing is wrong. Fields out of sight
        don’t count. Asked when it is drawn, as is the next."""
        seen = (field for field in self if not field.flags.hidden)
        return not any(field.errors or field.data for field in seen)

    @cached_property
    def as_offered(self) -> Hashable:
        """What its page gave it: labels that aren’t always the same, and what it lets choose."""
        return tuple(
            (_given(field.label.text), _choices(field)) for field in self if not field.flags.hidden
        )


@dataclass(frozen=True, slots=True)
class Unbegun:
    """A form of this kind in which nothing stands yet: the name of the kind is enough for a page to
    show it, where its pieces are drawn already. To make one takes a tenth of a page. Not for a kind
    of which something is drawn that it offers at one time and not at another."""

    kind: type[Form]

    def form(self) -> Form:
        """One to draw a piece of."""
        return self.kind(formdata=None)


def _given(label: object) -> str | None:
    return label if isinstance(label, str) else None  # else it is translated when it is drawn


def _choices(field: Any) -> Hashable:
    if not isinstance(field, SelectField | SelectMultipleField):
        return None
    return tuple((str(each.value), _given(each.label)) for each in field.iter_choices())


class Line(StringField):
    """One line of words, trimmed. `missing` is said when it is empty; with None it may be."""

    def __init__(self, label: Any, missing: Any | None, most: int, **more: Any) -> None:
        super().__init__(label, validators=_checks(missing, most), filters=[_trimmed], **more)


class Ticks(SelectMultipleField):
    """Several things to tick, each in a box of its own."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class Words(TextAreaField):
    """Several lines of words, trimmed, as a `Line`."""

    def __init__(self, label: Any, missing: Any | None, most: int, **more: Any) -> None:
        super().__init__(label, validators=_checks(missing, most), filters=[_trimmed], **more)
