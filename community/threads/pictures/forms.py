"""A picture and what it shows. Shape only: what the file is, is found out by opening it."""

from functools import cached_property
from hashlib import sha256
from uuid import UUID, uuid4

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField, FileRequired
from werkzeug.datastructures import FileStorage
from wtforms import HiddenField, ValidationError

from community.core.forms import Form, Words
from community.threads.forms import as_id
from community.threads.pictures.rules import WORDS_LEAST, WORDS_MOST
from community.threads.rules.drafts import Place
from community.threads.rules.posts import Press


def _words() -> Words:
    return Words(
        _("What the picture shows"),
        _("Say in a few words what the picture shows."),
        WORDS_MOST,
        description=_(
            "Say what somebody would miss who can’t see it. One or two plain sentences are plenty."
        ),
    )


class DescribeForm(Form):
    """What a picture shows."""

    words = _words()

    def validate_words(self, field: Words) -> None:
        """Long enough to tell anything."""
        if len(field.data or "") < WORDS_LEAST:
            raise ValidationError(
                gettext("Say a little more, so that it tells what is in the picture.")
            )


class PictureForm(DescribeForm):
    """One picture, with that."""

    event_id = HiddenField(default=uuid4, filters=[as_id])
    picture = FileField(
        _("Choose a picture"),
        validators=[FileRequired(_("Choose a picture."))],
        description=_(
            "A JPEG, PNG, WebP or GIF with up to 8 MB. Of one that moves, we show how it begins."
        ),
    )

    words = _words()

    @property
    def has_file(self) -> bool:
        """Something was chosen, whatever was typed beside it."""
        return bool(self.picture.data)

    @cached_property
    def sent(self) -> bytes:
        """What was chosen."""
        chosen: FileStorage = self.picture.data
        return bytes(chosen.read())

    def press_in(self, place: Place) -> UUID | None:
        """What makes a second press the same as the first: one page, and the same picture."""
        if not self.has_file:
            return None
        return Press(self.event_id.data).of(place.key, sha256(self.sent).hexdigest())

    def say_of_picture(self, words: str) -> None:
        """Why it can’t be taken."""
        self.picture.errors = [gettext(words)]
