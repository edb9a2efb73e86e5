"""What was typed for a thread or a post."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import (
    BooleanField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length
from wtforms.widgets import HiddenInput

from community.core.forms import Form, Line, Ticks, Words
from community.dystonia.tags import TAGS, Family, tag
from community.dystonia.topics import all_topics
from community.threads.answers.rules import Chosen, sentences
from community.threads.notes.forms import KINDS, kinds_in
from community.threads.notes.rules import NoteKind
from community.threads.rules.drafts import Kept, Typed
from community.threads.rules.posts import (
    TAGS_MOST,
    TITLE_MOST,
    WORDS_MOST,
    Press,
    Tagged,
    Wish,
)
from community.threads.rules.rows import PostRow
from community.threads.tried.forms import TriedForm, fields_of
from community.threads.tried.rules import joined


def as_id(value: Any) -> UUID | None:
    """What a page sent as the id of something. None of whatever else it sent."""
    try:
        return UUID(str(value))
    except ValueError:
        return None


def _each(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


class WritingForm(TriedForm):
    """A form whose words are kept as a draft while they are written."""

    event_id = HiddenField(default=uuid4, filters=[as_id])
    draft = HiddenField(filters=[as_id])  # the draft that the page began from
    look = HiddenField()  # the name of the press that shows how it will look
    words = Words(_("Your words"), None, WORDS_MOST)
    notes = Ticks(_("Content notes"), choices=KINDS)
    pictures = SelectMultipleField(choices=(), validate_choice=False, coerce=as_id)  # on its page

    @property
    def press(self) -> Press:
        """The press that sent it."""
        return Press(self.event_id.data, self.draft.data)

    @property
    def noted(self) -> frozenset[NoteKind]:
        """What stands before the words."""
        return kinds_in(self.notes.data)

    @property
    def text(self) -> str:
        """All that the post says: the words, and what was tried."""
        return joined(self.words.data or "", self.tried)

    def validate_words(self, field: Words) -> None:
        """A note of what was tried may stand alone."""
        if not self.text:
            raise ValidationError(gettext("Write a few words first."))

    @property
    def shown(self) -> frozenset[UUID]:
        """The pictures that stood on its page."""
        return frozenset(each for each in self.pictures.data or () if each)

    @property
    def typed(self) -> Typed:
        """What stands in it, for the draft."""
        ours = {"csrf_token", "event_id", "draft", "look", "title", "pictures", *fields_of("")}
        choices = {name: value for name, value in self.data.items() if name not in ours}
        title = self.title.data if "title" in self else ""
        return Typed(self.text, title or "", choices)

    @property
    def as_typed(self) -> list[tuple[str, str]]:
        """Everything in it, to be sent again unseen."""
        unsaid = {"csrf_token", "look"}
        typed = [(name, value) for name, value in self.data.items() if name not in unsaid]
        several = [(name, each) for name, all_of in typed for each in _each(all_of)]
        return [(name, str(value)) for name, value in several if value]


def begun(kept: Kept) -> dict[str, Any]:
    """What a form begins with when there is a draft."""
    typed = kept.typed
    return {**typed.choices, "title": typed.title, **fields_of(typed.words), "draft": kept.stamp}


class UnnamedForm(WritingForm):
    """Words that can be written without one’s name. What is written keeps the name it has."""

    unnamed = BooleanField(
        _("Write without my name"),
        description=_(
            "Others read a name made up for this thread, and may still know you by what you "
            "write. Only the site’s moderators and its safety lead can look up who it was, for a "
            "reason they write down. You’re told, unless a life is at risk."
        ),
    )

    @property
    def how(self) -> dict[str, Any]:
        """How it is to be written: with what, under which notes and name, by which press."""
        how = {"notes": self.noted, "press": self.press, "unnamed": self.unnamed.data}
        return {**how, "pictures": self.shown}


class TagsForm(Form):
    """The tags of a thread."""

    tags = Ticks(
        _("Tags"),
        choices=[SelectChoice(each.slug, each.name) for each in TAGS],
        validators=[
            Length(max=TAGS_MOST, message=_("Choose five tags at most, so that each one tells."))
        ],
    )
    shows_genes = BooleanField(
        _("Let others see the gene tags"),
        description=_(
            "If you don’t tick this, only you see them. A gene says something of your "
            "relatives too."
        ),
    )

    @property
    def tagged(self) -> Tagged:
        """What was chosen."""
        return Tagged(self.tags.data or (), self.shows_genes.data)

    @property
    def families(self) -> Mapping[Family, list[Any]]:
        """The boxes to tick, by what they are facts about."""
        boxes: dict[Family, list[Any]] = {}
        for box in self.tags:
            if known := tag(box.data):
                boxes.setdefault(known.family, []).append(box)
        return boxes


class ThreadForm(TagsForm, UnnamedForm):
    """A new thread. The view fills in the groups this person may write in."""

    group = SelectField(
        _("Which group is it for?"),
        description=_("Its members can read it."),
        validators=[DataRequired(_("Choose a group."))],
    )
    topic = SelectField(_("What is it about?"), validators=[DataRequired(_("Choose a topic."))])
    title = Line(_("Title"), _("Write a title, as plain as you like."), TITLE_MOST)
    wish = RadioField(
        _("What would you like from others?"),
        validators=[DataRequired(_("Choose what you’d like from others."))],
    )

    def offer(self, groups: Mapping[UUID, str], *, asks: bool) -> None:
        """Say what there is to choose from. asks: nothing led here that says where, so of several
        groups none is chosen beforehand."""
        nothing = SelectChoice("", gettext("Choose one"))
        own = [SelectChoice(str(key), name) for key, name in groups.items()]
        self.group.choices = [nothing, *own] if asks and len(own) > 1 else own
        self.topic.choices = [
            nothing,
            *(SelectChoice(topic.slug, gettext(topic.name)) for topic in all_topics()),
        ]
        self.wish.choices = [SelectChoice(wish.value, gettext(wish.words)) for wish in Wish]


class ReplyForm(UnnamedForm):
    """An answer in a thread, to everybody or to whoever wrote one of its posts."""

    answers = HiddenField()  # the post that it is a reply to
    asked = HiddenField()  # whether its writer was asked if it is meant as advice
    mark = RadioField(_("A sentence to stand above your reply"), choices=(), validate_choice=False)

    @property
    def chosen(self) -> Chosen:
        """To which post, and under which sentence of it."""
        return Chosen(as_id(self.answers.data), as_id(self.mark.data))

    @property
    def how(self) -> dict[str, Any]:
        return {**super().how, "answer": self.chosen}

    def write_to(self, post: PostRow | None) -> None:
        """Say whom it is for, and what of their words can stand above it."""
        offered = sentences(post.id, post.html) if post else {}
        self.answers.data = str(post.id) if post else ""
        self.mark.choices = [
            SelectChoice("", gettext("None")),
            *(SelectChoice(str(mark), sentence) for mark, sentence in offered.items()),
        ]
        if self.chosen.mark not in offered:
            self.mark.data = ""
        if post:
            name = post.author_name or gettext("someone who has left")
            self.words.label.text = gettext("Write to %(name)s", name=name)


class EditForm(WritingForm):
    """Changed words, and the version they were changed from."""

    version = IntegerField(widget=HiddenInput(), validators=[InputRequired()])
    asked = HiddenField()  # as of a reply
