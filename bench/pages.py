"""What a page costs the processor, without a socket: P1, P2, P4 and P5.

(a) stands beside its own template with the rows already in memory; (b) beside the yardstick's
hello. What has to be on each page is a list here, so that no page gets fast by getting empty.
"""

import gc
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from typing import Any

from flask import Flask, before_render_template
from werkzeug.test import EnvironBuilder

from bench.measure import Figure, cpu, in_turn, ratio
from bench.statements import asked_meanwhile, whole_scans
from bench.store import Store, store
from bench.yardstick import hello_app

OWN_MOST = 1.8
HELLO_MOST = 18
GROWTH_MOST = 1.3

ORDINARY = 100_000
LARGE, SMALL = 1_000_000, 10_000
LONG = 10_000  # posts in one thread
TABLES = ("post", "thread", "first", "latest", "furthest", "answered")  # under each name
TIMES = 40

Wsgi = Callable[[dict[str, Any], Any], Iterable[bytes]]


def among(folder: Path, posts: int) -> AbstractContextManager[Store]:
    """A store of so many posts, in four groups: whoever reads is in three of them."""
    return store(folder / f"among-{posts}.db", posts, elsewhere=3, joined=2)


def paths(made: Store) -> dict[str, tuple[str, Sequence[str]]]:
    """Each measured page: its address, and what has to be on it."""
    return {
        "thread": (f"/threads/{made.thread_id}", ["Your reply", "Report", "Replies"]),
        "topic": ("/topics/cervical", ["Start a thread", "Neck"]),
        "calls": ("/calls", ["Sign up", "Circle 3"]),
        "home": ("/home", ["Hello, Ana", "Circle 0"]),
    }


class Page:
    """One page as its reader asks for it, and how it is drawn from rows in memory."""

    def __init__(self, made: Store, path: str, has: Sequence[str] = ()) -> None:
        self._app = made.app
        self._environ = EnvironBuilder(
            path=path, base_url="http://localhost", headers=[("Cookie", made.cookie)]
        ).get_environ()
        html = self.get()
        missing = [words for words in has if words not in html]
        assert not missing, f"{path} has no {missing}"

    def get(self) -> str:
        """The page from its request to its last byte."""
        return answer(self._app.wsgi_app, self._environ)

    def template(self, stack: ExitStack) -> Callable[[], str]:
        """The same page drawn again, every piece of it, from what its view had found."""
        drawn: list[tuple[Any, dict[str, Any]]] = []

        def keep(sender: Flask, template: Any, context: dict[str, Any], **rest: object) -> None:
            drawn.append((template, dict(context)))

        with before_render_template.connected_to(keep, self._app):
            self.get()
        stack.enter_context(self._app.request_context(dict(self._environ)))
        template, context = drawn[-1]
        pieces = self._app.extensions["drawn"]

        def anew() -> str:
            pieces.cache_clear()
            return str(template.render(context))

        return anew


def answer(app: Wsgi, environ: dict[str, Any]) -> str:
    """What the app answers, which has to be a page."""
    said: list[str] = []
    body = app(dict(environ), lambda status, headers, error=None: said.append(status))
    html = b"".join(body).decode()
    assert said == ["200 OK"], said
    return html


def p1_p2(folder: Path) -> dict[str, list[Figure]]:
    """P1 and P2: the pages that people open most, in a store of 100,000 posts."""
    hello = hello_app().wsgi_app
    asks = EnvironBuilder(path="/").get_environ()
    figures: dict[str, list[Figure]] = {"P1": [], "P2": []}
    with among(folder, ORDINARY) as made:
        gc.freeze()
        for name, (path, has) in paths(made).items():
            page = Page(made, path, has)
            with ExitStack() as stack:
                costs = in_turn(
                    {
                        "page": cpu(page.get, TIMES),
                        "template": cpu(page.template(stack), TIMES),
                        "hello": cpu(lambda: answer(hello, asks), TIMES * 10),
                    }
                )
            target = "P1" if name == "thread" else "P2"
            figures[target] += [
                ratio(f"{name} ÷ its template", costs["page"], costs["template"], OWN_MOST),
                ratio(f"{name} ÷ hello", costs["page"], costs["hello"], HELLO_MOST),
            ]
        gc.unfreeze()
    return figures


def p4(folder: Path) -> dict[str, list[Figure]]:
    """The thread page, the topic page and My place among a million posts, beside ten thousand."""
    figures = []
    with among(folder, LARGE) as large, among(folder, SMALL) as small:
        for name in ("thread", "topic", "home"):
            among_many, among_few = (Page(made, *paths(made)[name]) for made in (large, small))
            with asked_meanwhile(large) as asked:
                among_many.get()
            scans = whole_scans(large, asked, TABLES)
            assert not scans, f"the {name} page reads a whole table: {scans}"
            costs = in_turn(
                {"large": cpu(among_many.get, TIMES), "small": cpu(among_few.get, TIMES)}
            )
            figures.append(ratio(name, costs["large"], costs["small"], GROWTH_MOST))
    return {"P4": figures}


def p5(folder: Path) -> dict[str, list[Figure]]:
    """The last page of a very long thread, beside its first."""
    with store(folder / "long.db", SMALL, longest=LONG) as made:
        path = f"/threads/{made.long_thread_id}"
        first, late = Page(made, path), Page(made, f"{path}?after={LONG - 24}")
        costs = in_turn({"late": cpu(late.get, TIMES), "first": cpu(first.get, TIMES)})
    return {"P5": [ratio("post 9,990", costs["late"], costs["first"], GROWTH_MOST)]}
