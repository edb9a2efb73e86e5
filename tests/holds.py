"""What each test holds: `@pytest.mark.holds("promise:3")`, and what a whole run showed of it.

holds.toml names the keys. `--holds=promise:3` runs only what holds that one. A whole run writes
var/holds.json; part of one leaves it alone, and a run that breaks off leaves none.
"""

import json
import tomllib
from collections.abc import Generator, Iterable, Mapping
from pathlib import Path

import pytest

REGISTER: dict[str, dict[str, str]] = tomllib.loads(
    Path(__file__).with_name("holds.toml").read_text()
)
MISSING = REGISTER.pop("missing")
KEYS = tuple(f"{family}:{name}" for family, names in REGISTER.items() for name in names)

# Whoever gives one of these runs a part of the suite.
CHOOSING = (
    "holds",
    "keyword",
    "markexpr",
    "deselect",
    "ignore",
    "ignore_glob",
    "lf",
    "collectonly",
)


def held_by(item: pytest.Item) -> set[str]:
    """The keys that this test holds."""
    return {key for mark in item.iter_markers("holds") for key in mark.args}


def counted(
    marks: Mapping[str, Iterable[str]], outcomes: Mapping[str, str]
) -> dict[str, dict[str, int]]:
    """For every key, how the tests that hold it ended. A skipped test didn’t run."""
    counts = {key: dict.fromkeys(("ran", "passed", "failed", "skipped"), 0) for key in KEYS}
    for test, keys in marks.items():
        for key in keys:
            counts[key][outcomes[test]] += 1
            counts[key]["ran"] += outcomes[test] != "skipped"
    return counts


class Held:
    """Gathers the marks and how the marked tests ended; with workers, from all of them."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        self.file = config.rootpath / "var" / "holds.json"
        self.is_worker = hasattr(config, "workerinput")
        self.is_whole = config.args_source is config.ArgsSource.TESTPATHS and not any(
            config.getoption(name, None) for name in CHOOSING
        )
        self.marks: dict[str, list[str]] = {}
        self.outcomes: dict[str, str] = {}

    def pytest_sessionstart(self) -> None:
        if self.is_whole and not self.is_worker:
            self.file.unlink(missing_ok=True)

    @pytest.hookimpl(wrapper=True)
    def pytest_make_collect_report(
        self,
    ) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
        """A file with an unknown key can’t be collected."""
        report = yield
        items = [each for each in report.result if isinstance(each, pytest.Item)]
        if unknown := {key for item in items for key in held_by(item)} - set(KEYS):
            report.outcome = "failed"
            report.longrepr = f"tests/holds.toml has no {', '.join(sorted(unknown))}."
        return report

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Keep to the keys that were asked for, if any were."""
        found = {item.nodeid: held_by(item) for item in items}
        self.marks = {test: sorted(keys) for test, keys in found.items() if keys}
        if wanted := set(self.config.getoption("holds")):
            others = [item for item in items if not found[item.nodeid] & wanted]
            items[:] = [item for item in items if found[item.nodeid] & wanted]
            self.config.hook.pytest_deselected(items=others)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        self.is_whole = self.is_whole and report.outcome != "failed"

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """One outcome for each test: whatever went wrong first, before, in or after it."""
        if self.outcomes.get(report.nodeid, "passed") == "passed":
            self.outcomes[report.nodeid] = report.outcome

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: object) -> None:
        self.marks |= getattr(node, "workeroutput", {}).get("marks", {})

    def pytest_sessionfinish(self) -> None:
        if self.is_worker:
            self.config.workeroutput["marks"] = self.marks  # type: ignore[attr-defined]
        elif self.is_whole and self.marks and self.marks.keys() <= self.outcomes.keys():
            self.file.parent.mkdir(exist_ok=True)
            counts = counted(self.marks, self.outcomes)
            self.file.write_text(json.dumps(counts, indent=1) + "\n")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--holds",
        action="append",
        default=[],
        choices=KEYS,
        metavar="KEY",
        help="run only the tests that hold this (promise:3, circle:R2, …); may be given again",
    )


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(Held(config))
