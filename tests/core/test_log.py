"""What libraries, and threads that break, leave in the log: where and of what kind, no values."""

import json
import logging
import threading

import pytest

from community.core.log import init_log, overhear

WORDS = "My neck was quiet today, and I walked to the weir."

log = logging.getLogger("somebody.elses")


@pytest.fixture
def said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> pytest.CaptureFixture[str]:
    """What is written, in a process that overhears."""
    monkeypatch.setattr(logging.getLogger(), "handlers", [])
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    init_log()
    overhear()
    return capsys


def line(said: pytest.CaptureFixture[str]) -> dict[str, str]:
    """The one line there is. Nothing got past."""
    out, err = said.readouterr()
    assert err == ""
    assert "weir" not in out
    told: dict[str, str] = json.loads(out)
    return told


@pytest.mark.holds("asvs:38")
def test_a_librarys_sentence_is_kept_with_its_gaps_open(said: pytest.CaptureFixture[str]) -> None:
    log.warning("Invalid request from %s: %s", "203.0.113.7", WORDS)
    told = line(said)
    assert told["said"] == "Invalid request from %s: %s"
    assert told["library"] == "somebody.elses"
    assert told["level"] == "warning"


@pytest.mark.holds("asvs:38")
def test_a_sentence_that_was_filled_in_before_is_left_out(
    said: pytest.CaptureFixture[str],
) -> None:
    log.error(f"Invalid request from 203.0.113.7: {WORDS}")
    told = line(said)
    assert told["said"] is None
    assert "test_log.py:" in told["where"]


@pytest.mark.holds("asvs:38")
def test_a_librarys_fault_is_kept_without_its_words(said: pytest.CaptureFixture[str]) -> None:
    try:
        raise ValueError(WORDS)
    except ValueError:
        log.exception("Error handling request %s", WORDS)
    assert "ValueError" in line(said)["exception"]


@pytest.mark.holds("asvs:38")
def test_a_thread_that_breaks_is_written_down_the_same_way(
    said: pytest.CaptureFixture[str],
) -> None:
    def fail() -> None:
        raise ValueError(WORDS)

    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    told = line(said)
    assert told["event"] == "a thread broke"
    assert "ValueError" in told["exception"]
