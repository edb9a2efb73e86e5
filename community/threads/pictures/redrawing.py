"""Our own picture of what somebody sent: what it is is found out by decoding it, never by its name,
and nothing of the file is kept but what can be seen in it.
"""

import struct
import threading
import warnings
import zlib
from io import BytesIO

import structlog
from PIL import Image, ImageCms, ImageOps

from community.core.verdict import Refused
from community.threads.pictures.rules import (
    BYTES_MOST,
    LARGE,
    NO_PICTURE,
    PIXELS_MOST,
    SMALL,
    TOO_HEAVY,
    TOO_LARGE,
    Redrawn,
    Shape,
)

log = structlog.get_logger()

FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
QUALITY = 80

# What decoders end with where a file is broken, or made to harm them.
FAULTS = (
    ArithmeticError,
    AttributeError,
    EOFError,
    LookupError,
    MemoryError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)

Image.MAX_IMAGE_PIXELS = PIXELS_MOST
warnings.filterwarnings("error", category=Image.DecompressionBombWarning)

WHOLE_MOST = PIXELS_MOST // 2  # of what is decoded whole: a JPEG is, no larger than it is needed
SHRUNK_AS_THEY_ARE = frozenset({"L", "RGB", "RGBA", "CMYK"})

_one_at_a_time = threading.Lock()  # each takes up to 200 MB for a moment


def redraw(sent: bytes) -> Redrawn:
    """Upright, in the colours every screen knows, on white, and still: of one that moves only how
    it begins. Raises `Refused` for whatever isn’t a whole picture."""
    if len(sent) > BYTES_MOST:
        raise Refused(TOO_HEAVY)
    with _one_at_a_time:
        try:
            drawn = _seen(sent)
        except (Image.DecompressionBombWarning, Image.DecompressionBombError):
            raise Refused(TOO_LARGE) from None
        except FAULTS as fault:
            log.info("no picture", fault=type(fault).__name__)
            raise Refused(NO_PICTURE) from None
        large, small = _at_most(drawn, LARGE), _at_most(drawn, SMALL)
        is_larger = large.size != small.size
        shape = Shape(*large.size)
        return Redrawn(shape, _file(small), _file(large) if is_larger else None)


def _seen(sent: bytes) -> Image.Image:
    """What can be seen in the file, and nothing else of it."""
    with Image.open(BytesIO(sent), formats=FORMATS) as opened:
        if opened.format != "JPEG" and opened.width * opened.height > WHOLE_MOST:
            raise Refused(TOO_LARGE)
        opened.draft("RGB", (LARGE, LARGE))
        opened.load()
        less = opened if opened.mode in SHRUNK_AS_THEY_ARE else opened.convert("RGBA")
        less.thumbnail((LARGE, LARGE), Image.Resampling.LANCZOS)  # the rest takes little room
        upright = ImageOps.exif_transpose(_in_our_colours(less)).convert("RGBA")
    paper = Image.new("RGB", upright.size, "white")
    paper.paste(upright, mask=upright)
    return paper


def _in_our_colours(image: Image.Image) -> Image.Image:
    """In sRGB. A profile that can’t be read is left out."""
    profile = image.info.get("icc_profile")
    if not profile:
        return image
    mode = "RGBA" if "A" in image.getbands() else "RGB"
    try:
        return (
            ImageCms.profileToProfile(
                image, BytesIO(profile), ImageCms.createProfile("sRGB"), outputMode=mode
            )
            or image
        )
    except ImageCms.PyCMSError:
        return image


def _at_most(drawn: Image.Image, edge: int) -> Image.Image:
    shape = Shape(*drawn.size).within(edge)
    return drawn.resize((shape.width, shape.height), Image.Resampling.LANCZOS)


def _file(drawn: Image.Image) -> bytes:
    out = BytesIO()
    drawn.save(out, "WEBP", quality=QUALITY)
    return out.getvalue()
