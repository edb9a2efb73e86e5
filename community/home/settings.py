"""Everything that somebody has set, in words on one plain page: to read through, or to print.

The words are those of the forms where it is set, so that nothing is named twice.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import url_for
from flask_babel import gettext as _
from wtforms import BooleanField, Field, HiddenField

from community.accounts.forms import COMFORT, LIKES, TodayForm
from community.accounts.queries import Person
from community.accounts.rules import Comfort
from community.core.forms import Form
from community.core.when import hour, when
from community.notifications.forms import ChoicesForm
from community.notifications.rules import News, Quiet, Ways, is_quiet
from community.threads.notes.forms import ChoicesForm as NotesForm
from community.threads.notes.rules import Choices


@dataclass(frozen=True, slots=True)
class Group:
    """What stands together, and where it can be changed."""

    title: str
    place: str
    rows: Sequence[tuple[str, str]]  # what it is, and how it is set


def comfort_groups(person: Person, comfort: Comfort) -> Iterator[Group]:
    """What is on the page of comfort settings, in its order."""
    likes = person.likes
    today = TodayForm(formdata=None, data={"need": likes.need})
    looks = {name: form(formdata=None, obj=comfort) for name, form in COMFORT.items()}
    circles = {name: form(formdata=None, obj=likes) for name, form in LIKES.items()}
    for title, anchor, form in (
        (_("Today"), "today", today),
        (_("Look"), "look", looks["look"]),
        (_("Text"), "text-size", looks["text"]),
        (_("Pictures and video"), "pictures-set", circles["pictures"]),
        (_("Sound cues"), "sound-cues", circles["sounds"]),
        (_("Reading aloud and spoken status"), "read-aloud", circles["speech"]),
        (_("Pressing"), "presses", circles["presses"]),
        (_("Keys"), "circle-keys", circles["keys"]),
        (_("Captions"), "captions-set", circles["captions"]),
        (_("In a circle"), "circles", circles["circles"]),
        (_("Call"), "call", looks["controls"]),
    ):
        yield Group(title, url_for("accounts.comfort", _anchor=anchor), _rows(form))
    place, card = url_for("accounts.comfort", _anchor="card"), person.access_card
    yield Group(_("Access card"), place, [(_("How to listen to me"), card or _("Nothing yet"))])


def news_groups(
    choices: Mapping[News, Ways], quiet: Quiet | None, *, tells_devices: bool
) -> Iterator[Group]:
    """How news comes, and the hours in which no letter does."""
    form = ChoicesForm.of(choices, quiet, tells_devices=tells_devices)
    place = url_for("notifications.choices")
    kinds = (field for field in form if field.name in set(News))
    yield Group(_("What we tell you"), place, _rows(kinds))
    kept = _("No")
    if quiet:
        kept = _("From %(begins)s until %(ends)s", begins=hour(quiet.begins), ends=hour(quiet.ends))
    yield Group(_("Quiet hours"), place, [(str(form.is_quiet.label.text), kept)])


def quiet_days_group(until: datetime | None, now: datetime) -> Group:
    """Whether they go on, and until when."""
    place = url_for("notifications.choices", _anchor="quiet-days")
    kept = _("No")
    if until and is_quiet(until, now):
        kept = _("Until %(when)s", when=when(until))
    return Group(_("Quiet days"), place, [(_("It’s quiet"), kept)])


def notes_group(choices: Choices) -> Group:
    """How words under each kind of content note meet somebody."""
    return Group(_("Content notes"), url_for("notes.choices"), _rows(NotesForm.of(choices)))


def _rows(fields: Form | Iterable[Field]) -> list[tuple[str, str]]:
    return [
        (str(field.label.text), _value(field))
        for field in fields
        if not isinstance(field, HiddenField)
    ]


def _value(field: Field) -> str:
    """What somebody would read beside the mark."""
    if isinstance(field, BooleanField):
        return _("Yes") if field.data else _("No")
    chosen = [str(each.label) for each in field.iter_choices() if each.selected]
    return ", ".join(chosen) or _("Not at all")
