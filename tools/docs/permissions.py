"""Who may do what: every rule with its reasons, and every door with the rules behind it."""

from collections.abc import Callable, Mapping
from functools import cache

from flask import Flask
from werkzeug.routing import Rule

from community.app import create_app
from community.core.sockets import HEARD
from config import Settings
from tools.docs.code import Function, functions, is_rule, names_of, reasons, rules_behind, short
from tools.docs.table import code, first_line, table, words


@cache
def site() -> Flask:
    return create_app(Settings.for_tests("sqlite://"))


def rules() -> str:
    asked: dict[Function, list[str]] = {
        rule: [] for rule in functions() if is_rule(rule) and _is_open(rule)
    }
    for asking in functions():
        for thing in dict.fromkeys(filter(is_rule, names_of(asking))):
            if thing in asked and thing is not asking:
                asked[thing].append(short(asking))
    return table(
        ("Rule", "Says no with", "Asked in"),
        ((_rule(rule), _refusals(rule), code(by)) for rule, by in asked.items()),
    )


def _is_open(rule: Function) -> bool:
    return ".rules" in rule.__module__ and rule.__name__.startswith("may_")


def _rule(rule: Function) -> str:
    promise = first_line(rule.__doc__)
    return f"`{short(rule)}`" + (f"<br>{promise}" if promise else "")


def _refusals(rule: Function) -> str:
    return "<br>".join(f"`{why.code}` {why.status}" for why in reasons([rule])) or "–"


def all_reasons() -> str:
    return words(reasons(filter(is_rule, functions())))


def routes() -> str:
    doors = [_door(rule) for rule in site().url_map.iter_rules() if rule.endpoint != "static"]
    return table(("Address", "Methods", "Endpoint", "Open to", "Rules behind it"), sorted(doors))


def _door(door: Rule) -> tuple[str, ...]:
    view = site().view_functions[door.endpoint]
    return f"`{door.rule}`", methods(door), f"`{door.endpoint}`", _open_to(view), _asks(view)


def methods(door: Rule) -> str:
    return " ".join(sorted((door.methods or set()) - {"HEAD", "OPTIONS"}))


def _open_to(view: Function) -> str:
    if hasattr(view, "is_public"):
        return "everybody"
    return "members, and whoever is joining" if hasattr(view, "is_for_arriving") else "members"


def _asks(edge: Function) -> str:
    return code(short(rule) for rule in rules_behind(edge))


def events() -> str:
    """Events with the same rules behind them share a line."""
    alike: dict[str, list[str]] = {}
    for name, handler in sorted(HEARD.items()):
        alike.setdefault(_asks(handler), []).append(name)
    return table(
        ("Events", "Rules behind them"), ((code(names), by) for by, names in alike.items())
    )


PARTS: Mapping[str, Callable[[], str]] = {
    "rules": rules,
    "reasons": all_reasons,
    "routes": routes,
    "socket-rules": events,
}
