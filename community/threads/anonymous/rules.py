"""Names made up by chance, and where somebody may write under one. Pure.

A made-up name belongs to one person in one thread and is never given out again, to nobody and
nowhere, so that nothing leads from one thread to another. It is drawn by chance and says nothing of
who has it. What was written with a name keeps it, and what was written without one never gets it.
"""

from collections.abc import Callable, Sequence
from typing import Any

from community.core.verdict import YES, Reason, Verdict, no


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


FIRST = _words(
    "Autumn Bright Chalk Checked Clear Copper Corner Country Cream Distant Early "
    "Eastern Evening Faraway Folded Garden Glass Golden Green Grey Harbour Indigo Inland Knitted "
    "Late Linen Lilac Lowland Maple Marble Midday Morning Nearby Northern Oak Orange Painted Paper "
    "Patchwork Pine Plum Polished Purple Quiet Red Riverside Russet Sandy Scarlet Seaside Silver "
    "Southern Spring Striped Summer Sunday Teal Turquoise Upland Velvet Western Wicker Winter "
    "Wooden Woollen Yellow"
)
SECOND = _words(
    "Anchor Apron Atlas Barn Basket Bench Blanket Boat Bookshelf Bridge Bucket Button Candle Canoe "
    "Carpet Chimney Clock Coat Compass Cottage Cup Cushion Doorway Envelope Fence Ferry "
    "Flute Fountain Gate Glove Hat Island Jug Kettle Kite Ladder Lamp Lantern Lighthouse Loft "
    "Market Mill Mitten Notebook Orchard Parcel Path Pebble Piano Pillow Postcard Quilt "
    "Rowboat Saddle Scarf Shelf Spoon Staircase Suitcase Table Teapot Ticket Tower "
    "Umbrella Valley Village Violin Wagon Wall Wheel Window Workshop"
)
TWO_WORDS = 3  # tries, before a number is drawn beside them
NUMBERS = range(2, 10_000)

TOO_FEW_HERE = Reason(
    "too-few-here",
    "Only the few people who were in the circle read this, so they would know. Your name stands "
    "beside what you write here.",
    409,
)


def made_up(draw: Callable[[Sequence[Any]], Any], tries: int) -> str:
    """A name by chance: two words, and once that many were taken already, a number too."""
    parts = [draw(FIRST), draw(SECOND)]
    if tries >= TWO_WORDS:
        parts.append(draw(NUMBERS))
    return " ".join(map(str, parts))


def may_write_unnamed(*, is_of_circle: bool) -> Verdict:
    """Wherever somebody may write, but in the thread of one circle: that would promise too much."""
    return no(TOO_FEW_HERE) if is_of_circle else YES
