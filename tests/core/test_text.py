"""Whatever somebody writes, nothing but plain, safe HTML comes out."""

from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.core.text import to_html

ALLOWED = {*("p", "br", "strong", "em", "s", "a"), *("ul", "ol", "li", "blockquote", "code", "pre")}

PAYLOADS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<iframe src=//evil.example></iframe>",
    "<object data=//evil.example></object>",
    "<a href=javascript:alert(1)>press</a>",
    "<p style=position:fixed>over everything</p>",
    "<form action=//evil.example><button>press</button></form>",
    "<base href=//evil.example>",
    "<meta http-equiv=refresh content=0;url=//evil.example>",
    "<link rel=stylesheet href=//evil.example>",
    "<input autofocus onfocus=alert(1)>",
    "<details open ontoggle=alert(1)>",
    "<style>@import '//evil.example'</style>",
    "<!--><script>alert(1)</script-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "[press](javascript:alert(1))",
    "[press](JaVaScRiPt:alert(1))",
    "[press](java&#115;cript:alert(1))",
    "[press](java\tscript:alert(1))",
    "[press](&#x6A;avascript:alert(1))",
    "[press](vbscript:x)",
    "[press](data:text/html;base64,PHNjcmlwdD4=)",
    "[press](file:///etc/passwd)",
    "[press](//evil.example)",
    "<javascript:alert(1)>",
    "![look](https://evil.example/who-reads.png)",
    "![look][1]\n\n[1]: https://evil.example/who-reads.png",
    '[a](https://x.example "><script>alert(1)</script>")',
    '[a](https://x.example/"onmouseover=alert(1))',
    "`<script>alert(1)</script>`",
    "```\n<script>alert(1)</script>\n```",
    "```html onload=alert(1)\nx\n```",
    "    <script>alert(1)</script>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "# A heading as big as the page",
    "<p>\x00<script>alert(1)</script>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
]


class Found(HTMLParser):
    """The tags and attributes that a browser would make of it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str, str]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]


def assert_plain(html: str) -> None:
    found = Found(html)
    assert found.tags <= ALLOWED, html
    for tag, name, value in found.attributes:
        assert (tag, name) in {("a", "href"), ("a", "rel"), ("a", "title")}, html
        if name == "href":
            assert urlsplit(value).scheme in {"", "http", "https", "mailto"}, html


@pytest.mark.holds("asvs:31")
@pytest.mark.parametrize("payload", PAYLOADS)
def test_what_is_meant_to_harm_comes_out_as_words(payload: str) -> None:
    assert_plain(to_html(payload))


@pytest.mark.holds("asvs:31")
@given(st.lists(st.sampled_from([*PAYLOADS, "*", "**", "\n", "\n\n", "> ", "- ", "`", "["])))
def test_nor_does_any_mixture_of_them(parts: list[str]) -> None:
    assert_plain(to_html("".join(parts)))


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("One line\nand the next", "<p>One line<br>\nand the next</p>\n"),
        ("*soft* **loud** ~~gone~~", "<p><em>soft</em> <strong>loud</strong> <s>gone</s></p>\n"),
        ("- tea\n- rain", "<ul>\n<li>tea</li>\n<li>rain</li>\n</ul>\n"),
        ("> as you said", "<blockquote>\n<p>as you said</p>\n</blockquote>\n"),
        (
            "See https://example.org",
            '<p>See <a href="https://example.org" rel="nofollow noopener noreferrer">'
            "https://example.org</a></p>\n",
        ),
        ("2 < 3 & 4 > 1", "<p>2 &lt; 3 &amp; 4 &gt; 1</p>\n"),
    ],
)
def test_what_people_mean_is_kept(text: str, html: str) -> None:
    assert to_html(text) == html
