"""Reads the house’s own code: which functions there are, what each names, what that leads to."""

import ast
import importlib
import inspect
import pkgutil
import sys
import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, partial
from types import FunctionType, ModuleType
from typing import Any

import community
from community.core.verdict import Reason, Verdict

Function = Callable[..., Any]


@cache
def modules() -> tuple[ModuleType, ...]:
    """Every module of the site, by name."""
    found = pkgutil.walk_packages(community.__path__, "community.")
    return tuple(importlib.import_module(each.name) for each in sorted(found, key=lambda m: m.name))


@cache
def functions() -> tuple[FunctionType, ...]:
    """Every function and method that the site defines, in the order of the files."""
    return tuple(
        function
        for module in modules()
        for value in vars(module).values()
        if getattr(value, "__module__", None) == module.__name__
        for function in _own(value)
    )


def _own(value: object) -> Iterator[FunctionType]:
    """The functions in this: itself, or the methods of a class."""
    for each in vars(value).values() if isinstance(value, type) else (value,):
        inner = each.fget if isinstance(each, property) else getattr(each, "__func__", each)
        if isinstance(inner, FunctionType) and _is_written(inner):
            yield inner


def _is_written(function: FunctionType) -> bool:
    """By us, not by `@dataclass`, whatever has been put around it since."""
    module = sys.modules.get(function.__module__)
    plain: FunctionType = inspect.unwrap(function)
    return plain.__code__.co_filename == getattr(module, "__file__", None)


def short(function: Function) -> str:
    """`community.calls.actions`’ `sign_up` is `calls.actions.sign_up`."""
    return f"{function.__module__}.{function.__qualname__}".removeprefix("community.")


@cache
def tree(thing: Function) -> ast.AST:
    return ast.parse(textwrap.dedent(inspect.getsource(thing)))


def named(node: ast.AST, names: Mapping[str, Any]) -> Iterator[Any]:
    """What the names in this piece of code stand for: `name`, and `module.name`."""
    for each in ast.walk(node):
        if isinstance(each, ast.Name) and each.id in names:
            yield names[each.id]
        elif isinstance(each, ast.Attribute) and isinstance(each.value, ast.Name):
            holder = names.get(each.value.id)
            if isinstance(holder, ModuleType | type):
                yield getattr(holder, each.attr, None)


def names_of(function: Function) -> list[Any]:
    """What one function’s code names."""
    plain = inspect.unwrap(function.func if isinstance(function, partial) else function)
    return list(named(tree(plain), plain.__globals__))


def is_rule(thing: object) -> bool:
    return isinstance(thing, FunctionType) and (
        thing.__module__.startswith("community.") and thing.__name__.startswith("may")
    )


def rules_behind(function: Function) -> list[FunctionType]:
    """The rules that this edge asks, itself or through what it calls, in the order it does."""
    found: dict[FunctionType, None] = {}
    seen: set[Function] = set()

    def follow(each: Function) -> None:
        seen.add(each)
        for thing in names_of(each):
            if is_rule(thing):
                found[thing] = None
                continue
            for inner in _own(thing) if _is_ours(thing) else ():
                if inner not in seen:
                    follow(inner)

    follow(function)
    return list(found)


def _is_ours(thing: object) -> bool:
    return str(getattr(thing, "__module__", "")).startswith("community.")


def reasons(things: Iterable[Any]) -> list[Reason]:
    """Every reason among these things, and in what the functions among them name."""
    found: dict[Reason, None] = {}
    seen: set[int] = set()

    def look(thing: Any) -> None:
        if isinstance(thing, Reason):
            found[thing] = None
        elif isinstance(thing, Verdict):
            look(thing.reason)
        elif id(thing) in seen:
            return
        elif isinstance(thing, Mapping):
            seen.add(id(thing))
            for value in thing.values():
                look(value)
        elif isinstance(thing, FunctionType) and _is_ours(thing):
            seen.add(id(thing))
            for value in names_of(thing):
                look(value)

    for thing in things:
        look(thing)
    return list(found)
