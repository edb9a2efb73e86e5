"""What goes between a page and the server while a circle is on."""

import ast
import inspect
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, Field
from enum import StrEnum
from typing import Any, cast
from uuid import UUID

from community.core import sockets
from community.core.sockets import HEARD
from community.live import relay
from community.live.page import board
from community.live.rules import captions, leading, signals, wire
from community.live.rules.presses import Reply
from community.live.rules.wire import EVENTS, LONGEST_LINE, LONGEST_WORDS, TYPED, carried
from tools.docs.code import functions, modules, reasons, tree
from tools.docs.permissions import methods, site
from tools.docs.table import first_line, table, words

NAME = board.__name__


def presses() -> str:
    return table(
        ("Event", "Carries", "Means"),
        ((f"`{name}`", _carried(event), first_line(event.__doc__)) for name, event in _presses()),
    )


def _presses() -> list[tuple[str, type]]:
    return [*EVENTS.items(), *TYPED.items()]


def _carried(event: type) -> str:
    described = [_field(each) for each in carried(event)]
    if event in TYPED.values():
        longest = LONGEST_LINE if event is Reply else LONGEST_WORDS
        described.append(f"`words` text, 1 to {longest}")
    return "; ".join(described) or "–"


def _field(each: Field[Any]) -> str:
    described = f"`{each.name}` {_kind(each)}"
    return described if each.default is MISSING else f"{described} (may be left out)"


def _kind(each: Field[Any]) -> str:
    if isinstance(each.type, type) and issubclass(each.type, StrEnum):
        return " · ".join(each.type)
    kinds = {UUID: "id", int: "number", str: f"text, at most {each.metadata.get('longest', 40)}"}
    return kinds.get(cast(type, each.type), f"{each.type}")


def twins() -> str:
    """What does the same without a socket."""
    rows = (
        (f"`{rule.rule}`", methods(rule), first_line(site().view_functions[rule.endpoint].__doc__))
        for rule in site().url_map.iter_rules()
        if rule.endpoint.startswith("live.")
    )
    return table(("Address", "Methods", "Does"), sorted(rows))


def heard() -> str:
    others = sorted(set(HEARD) - {name for name, _ in _presses()})
    return table(
        ("Event", "Does"), ((f"`{name}`", first_line(HEARD[name].__doc__)) for name in others)
    )


def told() -> str:
    """What open pages are told: every `publish(room, "name", …)` of the code."""
    said: dict[str, list[str]] = {}
    for function in functions():
        for name in _published(tree(function)):
            said.setdefault(name, []).append(f"`{function.__module__.removeprefix('community.')}`")
    return table(
        ("Event", "Told by"),
        ((f"`{name}`", ", ".join(dict.fromkeys(by))) for name, by in sorted(said.items())),
    )


def _published(node: ast.AST) -> Iterator[str]:
    for each in ast.walk(node):
        match each:
            case ast.Call(func=ast.Name(id="publish"), args=[_, ast.Constant(value=str(name)), *_]):
                yield name


def answers() -> str:
    """Whatever the rules of the circle and the wrapper round its events can say."""
    ours = [each for each in modules() if each.__name__.startswith("community.live.rules")]
    return words(reasons(value for each in [*ours, sockets] for value in vars(each).values()))


def shape() -> str:
    """The dataclasses of the board, field by field, with what their comments say."""
    kinds = [each for each in vars(board).values() if getattr(each, "__module__", "") == NAME]
    kinds = sorted(filter(inspect.isclass, kinds), key=lambda each: each is not board.Board)
    return "\n\n".join(
        f"**{each.__name__}**: {first_line(each.__doc__)}\n\n"
        + table(("Field", "Type", ""), _lines(each))
        for each in kinds
    )


LINE = re.compile(r"^    (\w+): ([^=#\n]+?)(?: = [^#\n]+?)?(?:  # (.*))?$", re.MULTILINE)


def _lines(kind: type) -> Iterator[tuple[str, str, str]]:
    for name, of, comment in LINE.findall(inspect.getsource(kind)):
        yield f"`{name}`", f"`{of}`", comment


def limits() -> str:
    rows = [
        (f"`{name}`", f"{value} {unit}")
        for module, unit in (
            (leading, "characters"),
            (wire, "characters"),
            (captions, "characters"),
            (signals, "bytes"),
        )
        for name, value in vars(module).items()
        if name.startswith("LONGEST_")
    ]
    rows += [
        (f"`{name}`", f"{pace.burst} at once, then {pace.per_second} a second, by person")
        for name, pace in [*vars(sockets).items(), *vars(relay).items()]
        if isinstance(pace, sockets.Pace)
    ]
    return table(("Limit", "Is"), rows)


PARTS: Mapping[str, Callable[[], str]] = {
    "presses": presses,
    "http-twins": twins,
    "heard": heard,
    "told": told,
    "answers": answers,
    "board": shape,
    "limits": limits,
}
