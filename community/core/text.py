"""Written words: Markdown to safe HTML, through one sanitiser, once, when it is written.

Two walls: the Markdown parser takes no raw HTML, and an allow-list sanitiser looks at what it
made. No images by address (they would tell a third party who reads what), no `javascript:`.
"""

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

_MARKDOWN = MarkdownIt(
    "commonmark", {"html": False, "linkify": True, "breaks": True, "typographer": False}
).enable(["linkify", "strikethrough"])
_MARKDOWN.disable(["image", "html_block", "html_inline", "heading", "lheading", "hr"])

_TAGS = {"p", "br", "strong", "em", "s", "a", "ul", "ol", "li", "blockquote", "code", "pre"}


def to_html(text: str) -> str:
    """The words as HTML that may stand in a page as it is."""
    return nh3.clean(
        _MARKDOWN.render(text),
        tags=_TAGS,
        attributes={"*": set(), "a": {"href"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="nofollow noopener noreferrer",
    )


def to_plain(html: str) -> str:
    """The words alone, as somebody reads them. Not to stand in a page as they are."""
    return Markup(html).striptags()  # noqa: S704  # the markup is what is taken away
