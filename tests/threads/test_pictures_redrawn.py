"""What is kept of a file that somebody sends: what can be seen in it, and nothing else."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms

from community.threads.pictures import redrawing
from community.threads.pictures.redrawing import redraw
from community.threads.pictures.rules import (
    A_DAY,
    A_POST,
    BYTES_MOST,
    ENOUGH_HERE,
    ENOUGH_TODAY,
    KEPT_MOST,
    LARGE,
    NO_PICTURE,
    NO_ROOM,
    NOT_IN_CIRCLES,
    SMALL,
    TOO_HEAVY,
    TOO_LARGE,
    Holding,
    Shape,
    may_add,
)
from tests.refusals import refusal
from tests.threads.drawn import PLACE, bomb, moving, picture, seen, with_everything, with_words

RED = (254, 0, 0)


def is_near(colour: object, other: tuple[int, int, int]) -> bool:
    assert isinstance(colour, tuple)
    return all(abs(one - two) < 40 for one, two in zip(colour, other, strict=True))


@pytest.mark.holds("asvs:33")
@pytest.mark.parametrize("sent", [with_everything(), with_words()])
def test_nothing_is_kept_of_where_and_when_it_was_taken(sent):
    assert PLACE.encode() in sent
    drawn = redraw(sent)
    for stored in (drawn.small, drawn.large or b""):
        for planted in (PLACE.encode(), b"EXIF", b"Exif", b"XMP ", b"ICCP", b"2026:11:22", b"xmp"):
            assert planted not in stored
    again = seen(drawn.small)
    assert again.format == "WEBP"
    assert not again.getexif()
    assert not {"exif", "xmp", "icc_profile", "comment"} & again.info.keys()


def test_it_stands_upright():
    drawn = redraw(with_everything())  # it was 80 by 40, lying on its side
    assert drawn.shape == Shape(40, 80)
    upright = seen(drawn.small).convert("RGB")
    assert is_near(upright.getpixel((20, 5)), RED)
    assert is_near(upright.getpixel((20, 75)), (255, 255, 255))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_these_kinds_are_taken(kind):
    assert redraw(picture(kind)).shape == Shape(80, 40)


def test_of_one_that_moves_only_how_it_begins():
    again = seen(redraw(moving()).small)
    assert getattr(again, "n_frames", 1) == 1
    assert is_near(again.convert("RGB").getpixel((20, 10)), RED)


def test_what_is_clear_is_white():
    clear = Image.new("RGBA", (30, 30), (0, 0, 0, 0))
    out = redrawing.BytesIO()
    clear.save(out, "PNG")
    assert is_near(seen(redraw(out.getvalue()).small).getpixel((9, 9)), (255, 255, 255))


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "PA", "CMYK", "RGBA", "I;16", "YCbCr"])
def test_every_way_to_keep_colours_is_read(mode):
    kind = "JPEG" if mode in {"CMYK", "YCbCr"} else "PNG"
    out = redrawing.BytesIO()
    Image.new("RGBA", (30, 20)).convert("L" if mode == "I;16" else mode.replace("PA", "P")).convert(
        mode.replace("PA", "P")
    ).save(out, kind)
    assert redraw(out.getvalue()).shape == Shape(30, 20)


def test_its_colours_are_those_every_screen_knows():
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    assert redraw(picture(icc_profile=lab)).shape == Shape(80, 40)
    assert redraw(picture(icc_profile=b"no profile")).shape == Shape(80, 40)


@pytest.mark.holds("asvs:33")
@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"GIF89a",
        b"<html><script>alert(1)</script></html>",
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        b"%PDF-1.7 and the rest",
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
        b"PK\x03\x04" + picture(),
        picture("BMP"),
        picture("TIFF"),
        picture("JPEG", (400, 400))[:900],
        picture("PNG", (400, 400))[:-40],
        picture("WEBP", (400, 400), quality=100)[:60],
        random.Random(7).randbytes(5000),
    ],
)
def test_what_is_no_whole_picture_is_refused(sent):
    assert refusal(lambda: redraw(sent)) is NO_PICTURE


@pytest.mark.holds("asvs:33")
def test_nothing_that_hides_behind_a_picture_is_kept():
    hidden = b"<script>alert(1)</script>PK\x03\x04"
    drawn = redraw(picture() + hidden)
    assert hidden not in drawn.small
    assert b"<script>" not in drawn.small


@pytest.mark.holds("asvs:33")
def test_one_that_is_too_large_is_refused_before_it_is_opened():
    assert refusal(lambda: redraw(bomb())) is TOO_LARGE
    assert refusal(lambda: redraw(bomb(7_100))) is TOO_LARGE
    assert refusal(lambda: redraw(bomb(100_000))) in (NO_PICTURE, TOO_LARGE)
    assert refusal(lambda: redraw(bomb(5_100))) is TOO_LARGE
    assert refusal(lambda: redraw(bomb(4_000))) is NO_PICTURE
    assert refusal(lambda: redraw(picture() + bytes(BYTES_MOST))) is TOO_HEAVY


def test_a_small_one_is_kept_once_and_a_large_one_twice():
    small = redraw(picture(size=(SMALL, 100)))
    assert small.large is None
    assert small.weight == len(small.small)
    large = redraw(picture(size=(3200, 400)))
    assert large.large
    assert large.shape == Shape(LARGE, 200)
    assert seen(large.small).size == (SMALL, 80)
    assert seen(large.large).size == (LARGE, 200)


@given(st.integers(1, 20_000), st.integers(1, 20_000), st.sampled_from([SMALL, LARGE]))
def test_nothing_is_made_larger_and_none_of_its_edges_is_too_long(width, height, edge):
    shape, within = Shape(width, height), Shape(width, height).within(edge)
    assert 1 <= within.width <= min(edge, width)
    assert 1 <= within.height <= min(edge, height)
    if max(width, height) <= edge:
        assert within == shape
    else:
        assert max(within.width, within.height) == edge
        assert abs(within.width * height - within.height * width) <= max(width, height)
    assert within.within(edge) == within


@given(st.integers(0, 5), st.integers(0, A_DAY * 2), st.integers(0, KEPT_MOST * 2), st.booleans())
def test_who_may_add_one_more(here, today, weight, is_of_circle):
    may = may_add(Holding(here, today, weight), is_of_circle=is_of_circle)
    is_room = here < A_POST and today < A_DAY and weight < KEPT_MOST
    assert bool(may) is (is_room and not is_of_circle)
    if not may:
        assert may.reason in (NOT_IN_CIRCLES, ENOUGH_HERE, ENOUGH_TODAY, NO_ROOM)
        assert is_of_circle is (may.reason is NOT_IN_CIRCLES)
