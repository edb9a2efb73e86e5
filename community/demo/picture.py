"""The one picture of the demonstration: drawn here, of nobody and nowhere."""

from datetime import datetime
from io import BytesIO
from uuid import UUID

from PIL import Image, ImageDraw

from community.core.actor import Actor
from community.threads.pictures import actions
from community.threads.pictures.redrawing import redraw
from community.threads.rules.drafts import NEW_THREAD

SHOWS = "A blue kettle on a window sill, with a low yellow sun in the window behind it."


def kettle(actor: Actor, *, now: datetime) -> UUID:
    """This person adds it to the thread they are about to start; its id."""
    return actions.take(actor, NEW_THREAD, redraw(_drawn()), SHOWS, now=now)


def _drawn() -> bytes:
    picture = Image.new("RGB", (900, 600), "#E9DCC3")
    pen = ImageDraw.Draw(picture)
    pen.rectangle((90, 50, 810, 440), fill="#CFE0E4")
    pen.ellipse((520, 120, 680, 280), fill="#F2C94C")
    for bar in ((440, 50, 460, 440), (90, 240, 810, 256), (60, 440, 840, 480)):
        pen.rectangle(bar, fill="#FBF7F0")
    pen.rectangle((0, 480, 900, 600), fill="#C9A876")
    pen.arc((200, 180, 420, 400), 180, 360, fill="#1F3B4D", width=18)
    pen.polygon(((410, 330), (500, 270), (510, 290), (415, 400)), fill="#2F5D78")
    pen.rounded_rectangle((190, 280, 430, 480), 60, fill="#2F5D78")
    pen.ellipse((295, 262, 325, 292), fill="#1F3B4D")
    out = BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()
