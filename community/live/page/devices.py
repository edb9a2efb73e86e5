"""What a page says about its own sound, camera and line. The server knows none of it.

Names and numbers come in where the braces are: the script puts them there.
"""

from community.core.sentences import gettext as _


def device_words() -> dict[str, str]:
    name = {"name": "{name}"}
    return {
        "you": _("You"),
        "usual_device": _("The usual one"),
        "in_order": _(
            "%(status)s, number %(place)s in the order", status="{status}", place="{place}"
        ),
        "voice_of": _("%(name)s’s voice: %(percent)s %%", percent="{percent}", **name),
        "softer": _("Softer: %(name)s", **name),
        "louder": _("Louder: %(name)s", **name),
        "mute_for_me": _("Mute %(name)s for me", **name),
        "hear_again": _("Hear %(name)s again", **name),
        "hide_video_of": _("Hide %(name)s’s video", **name),
        "show_video_of": _("Show %(name)s’s video again", **name),
        "code_with": _("Your number with %(name)s: %(code)s", code="{code}", **name),
        "show_video": _("Show video (%(count)s)", count="{count}"),
        "hide_all_video": _("Hide all video"),
        "show_self": _("Show me my own picture"),
        "hide_self": _("Hide my own picture"),
        "pin": _("Keep %(name)s’s picture in front", **name),
        "unpin": _("Let %(name)s’s picture go back", **name),
        "move_out": _("%(name)s’s picture in a window of its own", **name),
        "move_home": _("Bring %(name)s’s picture back to this page", **name),
        "picture_of": _("%(name)s’s picture", **name),
        "window_blocked": _(
            "Your browser has kept the window closed. You can allow windows for this site in its "
            "settings."
        ),
        "camera_is_on": _("Your camera is on. Others can see you."),
        "camera_is_off": _("Your camera is off. Nobody can see you."),
        "no_camera": _(
            "Your browser is keeping the camera off. Nobody needs to see you: your voice and your "
            "words are enough."
        ),
        "microphone_gone": _(
            "Your microphone has stopped, so it is off now. Press it to try again, or type instead."
        ),
        "processed_on": _(
            "Your browser cleans up your voice now. If it cuts you off, turn it off."
        ),
        "processed_off": _("Your voice goes out as it is now."),
        "weak": _("Sound comes through badly just now. Nothing is lost, and typing still works."),
        "well": _("Sound comes through again."),
        "audio_only": _("Audio only, on this device: no video is sent or shown here."),
        "text_only": _(
            "Text only, on this device: you hear nobody, and nobody hears you. The others learn "
            "nothing about your network. You can read and type, and your place is kept."
        ),
        "with_sound": _("Sound is on again: you hear the others, and they hear you in your turn."),
        "text_only_now": _(
            "This device is on text only. Press “Try sound again” to speak, or type instead."
        ),
    }
