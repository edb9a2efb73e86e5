"""`make bench`: measure, print, and write var/bench.json. `only="P1 P10"` measures some."""

import contextlib
import json
import os
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from bench import circle, crowd, media, pages, search, served, signups, weight
from bench.measure import Figure
from config import ROOT

Measure = Callable[[Path], Mapping[str, Sequence[Figure]]]

MEASURES: Mapping[str, Measure] = {
    "P1": pages.p1_p2,
    "P2": pages.p1_p2,
    "P2r": served.p2r,
    "P4": pages.p4,
    "P5": pages.p5,
    "P6": search.p6,
    "P7": circle.p7,
    "P8": crowd.p8,
    "P9": crowd.p9,
    "P10": signups.p10,
    "P11": weight.p11,
    "P12": media.p12_p13,
    "P13": media.p12_p13,
    "P15": weight.p15,
}

ASKED_FOR: Mapping[str, Measure] = {"P8-in-ten-minutes": crowd.p8_in_ten_minutes}
"""The same figures in a longer form: only if they are named."""


def main(wanted: Sequence[str]) -> None:
    """Print each figure as it comes, and keep them all."""
    kept = ROOT / "var" / "bench.json"
    figures = json.loads(kept.read_text()) if wanted and kept.exists() else {}
    known = {**MEASURES, **ASKED_FOR}
    for measure in dict.fromkeys(known[name] for name in wanted or MEASURES):
        with (
            tempfile.TemporaryDirectory() as folder,
            open(os.devnull, "w") as nowhere,
            contextlib.redirect_stdout(nowhere),  # the log of so many requests
        ):
            found = measure(Path(folder))
        for target, parts in found.items():
            for each in parts:
                print(said(target, each), flush=True)
            figures[target] = entry(parts)
    kept.parent.mkdir(exist_ok=True)
    kept.write_text(json.dumps(figures, indent=2, sort_keys=True) + "\n")


def entry(parts: Sequence[Figure]) -> dict[str, object]:
    """How a target is kept: plain figures when it has one part, by part when it has several."""
    met = all(each.is_met for each in parts)
    if len(parts) == 1:
        (only,) = parts
        value, target, spread = only.value, only.target, list(only.spread)
        return {"value": value, "target": target, "spread": spread, "met": met}
    return {
        "value": {each.part: each.value for each in parts},
        "target": {each.part: each.target for each in parts},
        "spread": {each.part: list(each.spread) for each in parts},
        "met": met,
    }


def said(target: str, figure: Figure) -> str:
    """One line for people."""
    sign = "≤" if figure.at_most else "≥"
    low, high = figure.spread
    is_met = "met" if figure.is_met else "NOT MET"
    return (
        f"{target:4} {figure.part:28} {figure.value:8.2f}  {sign} {figure.target:<8g}"
        f" {is_met:8} ({low:.2f} to {high:.2f})"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
