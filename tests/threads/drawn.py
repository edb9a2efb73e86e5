"""Pictures made for tests, as people’s devices make them."""

import struct
import zlib
from io import BytesIO
from typing import Any

from PIL import Image, PngImagePlugin
from PIL.TiffImagePlugin import IFDRational

PLACE = "St Mary Hospital, bed 7"


def picture(
    kind: str = "JPEG", size: tuple[int, int] = (80, 40), colour: str = "red", **how: Any
) -> bytes:
    """A plain picture, whose left half is of this colour and whose right half is white."""
    drawn = Image.new("RGB", size, "white")
    drawn.paste(colour, (0, 0, size[0] // 2, size[1]))
    out = BytesIO()
    drawn.save(out, kind, **how)
    return out.getvalue()


def with_everything() -> bytes:
    """A photograph that says where, when and with what it was taken, and turns itself round."""
    exif = Image.Exif()
    exif[0x010E] = PLACE
    exif[0x0112] = 6  # to be turned a quarter to the right
    exif.get_ifd(0x8825)[2] = (IFDRational(52), IFDRational(31), IFDRational(12))
    exif.get_ifd(0x8825)[29] = "2026:11:22"
    xmp = f"<x:xmpmeta><dc:creator>{PLACE}</dc:creator></x:xmpmeta>".encode()
    return picture(exif=exif, xmp=xmp, comment=PLACE.encode())


def with_words() -> bytes:
    """The same for a PNG."""
    said = PngImagePlugin.PngInfo()
    said.add_text("Comment", PLACE)
    said.add_itxt("XML:com.adobe.xmp", PLACE)
    return picture("PNG", pnginfo=said)


def moving() -> bytes:
    """One that flashes."""
    frames = [Image.new("RGB", (40, 20), colour) for colour in ("red", "white", "black")]
    out = BytesIO()
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:], duration=50, loop=0)
    return out.getvalue()


def bomb(side: int = 20_000) -> bytes:
    """A few bytes that say they are a very large picture."""

    def part(name: bytes, data: bytes) -> bytes:
        checked = name + data
        return struct.pack(">I", len(data)) + checked + struct.pack(">I", zlib.crc32(checked))

    size = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"\0" * 1000)
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", size) + part(b"IDAT", rows) + part(b"IEND", b"")


def seen(stored: bytes) -> Image.Image:
    """What is stored, opened again."""
    return Image.open(BytesIO(stored))
