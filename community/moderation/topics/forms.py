"""The words that a topic carries, as staff type them."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import Field, IntegerField, RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, ValidationError
from wtforms.widgets import HiddenInput

from community.core.forms import Form, Line, Ticks, Words
from community.core.verdict import Verdict
from community.dystonia.topics import Kind, all_topics
from community.moderation.topics.rules import (
    NAME_MOST,
    NEAR_MOST,
    SYNONYM_MOST,
    SYNONYMS_MOST,
    WORDS_MOST,
    Carried,
    may_also_be_called,
    may_be_called,
    may_say,
)


class TopicWordsForm(Form):
    """A plain name, one line about it, where it stands and what else it is called."""

    name = Line(
        _("Plain name"),
        _("Write a name, as plain as you like."),
        NAME_MOST,
        description=_("The everyday word first. Medical names can stand below."),
    )
    words = Line(
        _("What it is about, in one line"),
        _("Write one line about it."),
        WORDS_MOST,
        description=_("For whoever has never heard the name."),
    )
    kind = RadioField(
        _("Where it stands among the topics"),
        choices=[
            SelectChoice(Kind.TYPE.value, _("By kind")),
            SelectChoice(Kind.LIVING.value, _("Living with it")),
        ],
        validators=[InputRequired(_("Choose where it stands."))],
    )
    synonyms = Words(
        _("Other names people use"),
        None,
        SYNONYMS_MOST * (SYNONYM_MOST + 2),
        description=_("One on each line. Search finds the topic by them. You can leave it empty."),
    )
    near = Ticks(
        _("Topics near this one"),
        description=_("Whoever finds it quiet there sees what is written in these. Up to three."),
        validators=[Length(max=NEAR_MOST, message=_("Choose three topics at most."))],
    )
    version = IntegerField(widget=HiddenInput(), default=0)

    def __init__(self, slug: str, **more: Any) -> None:
        self.slug = slug
        super().__init__(**more)
        self.near.choices = [
            SelectChoice(each.slug, gettext(each.name))
            for each in all_topics()
            if each.slug != slug
        ]

    @property
    def carried(self) -> Carried:
        return Carried(
            self.name.data, self.words.data, Kind(self.kind.data), self._names, self._near
        )

    @property
    def _near(self) -> tuple[str, ...]:
        return tuple(self.near.data or ())

    @property
    def _names(self) -> tuple[str, ...]:
        lines = (line.strip() for line in (self.synonyms.data or "").splitlines())
        return tuple(dict.fromkeys(line for line in lines if line))

    def validate_name(self, field: Field) -> None:
        """The same verdicts that the action asks for, beside the field they are about."""
        _agree(may_say(field.data) and may_be_called(self.slug, field.data))

    def validate_words(self, field: Field) -> None:
        _agree(may_say(field.data))

    def validate_synonyms(self, field: Field) -> None:
        longest = max(map(len, self._names), default=0)
        if len(self._names) > SYNONYMS_MOST or longest > SYNONYM_MOST:
            raise ValidationError(
                gettext(
                    "Use up to %(count)d names of up to %(most)d characters.",
                    count=SYNONYMS_MOST,
                    most=SYNONYM_MOST,
                )
            )
        for each in self._names:
            _agree(may_say(each) and may_also_be_called(self.slug, each))


def begun(carried: Carried) -> dict[str, Any]:
    """What the form begins with where a topic is there already."""
    return {
        "name": carried.name,
        "words": carried.words,
        "kind": carried.kind.value,
        "synonyms": "\n".join(carried.synonyms),
        "near": list(carried.near),
    }


def _agree(verdict: Verdict) -> None:
    if verdict.reason:
        raise ValidationError(gettext(verdict.reason.text))
