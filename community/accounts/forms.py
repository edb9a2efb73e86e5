"""What somebody types about themselves. Shape only."""

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import Any
from zoneinfo import available_timezones

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, HiddenField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Email, ValidationError

from community.accounts.rules import (
    CAPTION_SIZES,
    CARD_MOST,
    CARD_PRESETS,
    CUES,
    KEYS,
    PACES,
    PRESS_FILTERS,
    TEXT_SIZES,
    VOICE_VOLUMES,
    VOLUMES,
    Brightness,
    Joins,
    Level,
    Need,
    Side,
    Speaks,
    Theme,
    card_parts,
)
from community.core.forms import Form, Line, Ticks, Words

REGIONS = (
    "Africa",
    "America",
    "Antarctica",
    "Asia",
    "Atlantic",
    "Australia",
    "Europe",
    "Indian",
    "Pacific",
)
ZONES = [
    SelectChoice(zone, place.replace("_", " ").replace("/", ", "), optgroup=region)
    for zone in sorted(available_timezones())
    for region, _slash, place in [zone.partition("/")]
    if region in REGIONS
]


def zone_field() -> SelectField:
    """A time zone, with nothing chosen for somebody."""
    return SelectField(
        _("Your time zone"),
        description=_("So that calls are shown in your own time."),
        choices=[
            SelectChoice("", _("Choose your time zone")),
            *ZONES,
            SelectChoice("UTC"),
        ],
        validators=[DataRequired(_("Choose the time zone you live in"))],
    )


def name_field() -> Line:
    """The name that members see."""
    return Line(
        _("Your name here"),
        _("Enter a name that others can call you by"),
        40,
        description=_("Any name you like. It doesn’t need to be your own."),
    )


class SignInForm(Form):
    """Where the link goes."""

    email = Line(
        _("Your e-mail address"),
        _("Enter an e-mail address, like name@example.com"),
        254,
        description=_("Like name@example.com"),
    )

    def validate_email(self, field: Line) -> None:
        """One message for every way an address can be wrong, and one spelling for every case."""
        Email(_("Enter an e-mail address, like name@example.com"))(self, field)
        field.data = field.data.lower()


class ComeInForm(Form):
    """The press that uses a link. In a browser that didn’t ask for it, a tick as well."""

    is_mine = BooleanField(
        _("I asked for this link myself"),
        description=_("On another device, or in another browser."),
        validators=[
            DataRequired(_("Tick this if you asked for the link. If not, close this page"))
        ],
    )


class AboutYouForm(Form):
    """What we ask of somebody who arrives."""

    name = name_field()
    is_adult = BooleanField(
        _("I am 18 or over"),
        validators=[
            DataRequired(_("This place is for people of 18 and over. Tick this if you are"))
        ],
    )
    zone = zone_field()


def _or_none(kind: type[StrEnum]) -> Callable[[str], StrEnum | None]:
    """Nothing chosen is a choice too."""
    return lambda value: kind(value) if value else None


class LookForm(Form):
    """Colours."""

    theme = RadioField(
        _("Colours"),
        coerce=_or_none(Theme),
        choices=[
            SelectChoice(Theme.DAY, _("Day")),
            SelectChoice(Theme.EVENING, _("Evening")),
            SelectChoice(Theme.LOW, _("Low light")),
            SelectChoice("", _("Same as my device")),
        ],
    )


class TextForm(Form):
    """How big the letters are, and which ones."""

    text = RadioField(
        _("Size"), coerce=int, choices=[SelectChoice(str(size), f"{size}%") for size in TEXT_SIZES]
    )
    letters = BooleanField(
        _("Easier letters"), description=_("Letters that are hard to mix up, like I, l and 1.")
    )


class ControlsForm(Form):
    """Where the buttons of a circle are."""

    side = RadioField(
        _("Where my controls sit"),
        coerce=_or_none(Side),
        description=_("Choose the side that’s easiest for your neck."),
        choices=[
            SelectChoice("", _("Across the bottom")),
            SelectChoice(Side.LEFT, _("Left")),
            SelectChoice(Side.CENTRE, _("Middle")),
            SelectChoice(Side.RIGHT, _("Right")),
        ],
    )


def _chosen(kind: type[StrEnum], *words: Any) -> list[SelectChoice]:
    return [SelectChoice(each.value, text) for each, text in zip(kind, words, strict=True)]


def _numbers(numbers: Iterable[int], *words: Any) -> list[SelectChoice]:
    return [SelectChoice(str(each), text) for each, text in zip(numbers, words, strict=True)]


class SoundsForm(Form):
    """Sound cues."""

    sounds = BooleanField(
        _("Sounds are on"),
        description=_("Every sound is soft, under a second, and also shown in words."),
    )
    volume = RadioField(
        _("How loud?"),
        coerce=int,
        choices=_numbers(VOLUMES, _("Very soft"), _("Soft"), _("As usual"), _("Louder")),
    )


class SpeechForm(Form):
    """What is said of a circle, and by whom."""

    spoken = RadioField(
        _("My device says where we are"),
        coerce=Level,
        description=_("With its own voice. Nothing is sent anywhere."),
        choices=_chosen(Level, _("Off"), _("Only what is about me"), _("Everything")),
    )
    told = RadioField(
        _("My screen reader is told"),
        coerce=Level,
        description=_("At most one sentence in three seconds."),
        choices=_chosen(Level, _("Nothing"), _("Only what is about me"), _("Everything")),
    )
    comings = BooleanField(
        _("Tell me when somebody joins or leaves"), description=_("Off, unless you turn it on.")
    )
    aloud = BooleanField(
        _("Read typed shares aloud"),
        description=_("Where the person who wrote them asks for it. They’re always shown too."),
    )
    pace = RadioField(
        _("How fast?"),
        coerce=int,
        choices=_numbers(PACES, _("Slower"), _("As usual"), _("Faster")),
    )
    voice_volume = RadioField(
        _("How loud is this voice?"),
        coerce=int,
        description=_("People and sound cues each have a volume of their own."),
        choices=_numbers(VOICE_VOLUMES, _("Very soft"), _("Soft"), _("As usual")),
    )


class PicturesForm(Form):
    """Pictures and video."""

    pictures = RadioField(
        _("Brightness of pictures and video"),
        coerce=Brightness,
        description=_("Video is shown only where you press for it, however bright it is."),
        choices=_chosen(
            Brightness,
            _("As they are"),
            _("A little darker"),
            _("Much darker"),
            _("Pictures wait behind a press, in words"),
        ),
    )


class PressesForm(Form):
    """Pressing."""

    press_filter = RadioField(
        _("If I press twice by accident"),
        coerce=int,
        description=_("We leave out a second press on the same button within:"),
        choices=_numbers(
            PRESS_FILTERS,
            _("No time at all"),
            _("A third of a second"),
            _("Just over half a second"),
            _("One second"),
            _("One and a half seconds"),
        ),
    )


def _is_chosen_once(form: Form, field: SelectField) -> None:
    """No key presses two things."""
    others = (each for each in form if isinstance(each, SelectField) and each is not field)
    if field.data and any(other.data == field.data for other in others):
        raise ValidationError(
            _(
                "%(key)s is chosen twice. Choose another key for: %(what)s",
                key=field.data.upper(),
                what=field.label.text,
            )
        )


def _key(label: Any) -> SelectField:
    """The key of one thing to press."""
    return SelectField(
        label,
        choices=[SelectChoice("", _("No key")), *(SelectChoice(key, key.upper()) for key in KEYS)],
        validators=[_is_chosen_once],
    )


class KeysForm(Form):
    """A key for each of a few presses in a circle, for whoever wants that."""

    single_keys = BooleanField(
        _("Single keys press buttons in circles"),
        description=_("Off, unless you turn it on. Everything works without them."),
    )
    key_turn = _key(_("Start my turn, or take a moment"))
    key_done = _key(_("I’ve finished, or come back to me later"))
    key_passing = _key(_("Pass this time"))
    key_mic = _key(_("Microphone on or off"))
    key_help = _key(_("Open Get help now"))


class CaptionsForm(Form):
    """Captions."""

    captions = BooleanField(
        _("Show captions in circles"),
        description=_("Automatic captions. They may be wrong, more so with voice or jaw symptoms."),
    )
    caption_size = RadioField(
        _("How large?"),
        coerce=int,
        choices=[SelectChoice(str(size), f"{size}%") for size in CAPTION_SIZES],
    )
    captions_top = BooleanField(_("Captions at the top"))
    captions_side = BooleanField(
        _("Captions at the side"), description=_("In a window wide enough for two columns.")
    )
    caption_letters = BooleanField(_("Letters as they are typed"))


class CirclesForm(Form):
    """How a circle begins for somebody, and what their page shows of it."""

    joins = RadioField(
        _("How I usually join"),
        coerce=Joins,
        description=_("The lobby still asks you each time."),
        choices=_chosen(Joins, _("Voice"), _("Text only"), _("Listen only")),
    )
    speaks = RadioField(
        _("When I like my turn"),
        coerce=Speaks,
        description=_("A facilitator can follow it. It isn’t a promise."),
        choices=_chosen(Speaks, _("Early"), _("Late"), _("Any time")),
    )
    quiet_after = BooleanField(
        _("No words after my turn, please"),
        description=_(
            "Then nobody is offered a word or a line to you. In your turn you can change it."
        ),
    )
    cue_minutes = RadioField(
        _("A soft sound in my own turn, after"),
        coerce=lambda minutes: int(minutes) if minutes else None,
        description=_("Only you hear it, and nobody else knows. Your turn goes on."),
        choices=[
            SelectChoice("", _("No sound")),
            *_numbers(CUES, _("1 minute"), _("2 minutes"), _("3 minutes"), _("5 minutes")),
        ],
    )
    fewer_things = BooleanField(
        _("Fewer things on screen"),
        description=_("What goes on now and your controls. The order and the rest wait behind it."),
    )
    eyes_closed = BooleanField(
        _("Begin in eyes-closed mode"),
        description=_("One big button, and what it means is said. You can leave it at any time."),
    )


COMFORT: Mapping[str, type[Form]] = {
    "look": LookForm,
    "text": TextForm,
    "controls": ControlsForm,
}
"""How the site looks for somebody, each group with a form of its own."""

LIKES: Mapping[str, type[Form]] = {
    "sounds": SoundsForm,
    "speech": SpeechForm,
    "pictures": PicturesForm,
    "presses": PressesForm,
    "keys": KeysForm,
    "captions": CaptionsForm,
    "circles": CirclesForm,
}
"""What they like in circles."""


class TodayForm(Form):
    """What somebody needs today, and the page they said it on."""

    need = RadioField(
        _("Today I need"),
        coerce=Need,
        choices=_chosen(
            Need,
            _("Resting eyes"),
            _("Quiet hands"),
            _("Resting voice"),
            _("Low energy"),
            _("My usual"),
        ),
    )
    back = HiddenField()


class CardForm(Form):
    """What others may know about how to listen to me."""

    presets = Ticks(
        _("Sentences you can tick"),
        choices=[SelectChoice(line, _(line)) for line in CARD_PRESETS],
    )
    own_words = Words(
        _("In your own words"),
        None,
        CARD_MOST,
        description=_("Nothing medical is needed. Leave it empty if you like."),
    )


def card_to_change(card: str) -> CardForm:
    """A card as it is, for its owner."""
    presets, own_words = card_parts(card)
    return CardForm(formdata=None, data={"presets": presets, "own_words": own_words})


class NameForm(Form):
    """Another name, another time zone."""

    name = name_field()
    zone = zone_field()
