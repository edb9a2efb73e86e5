"""No camera is asked for, and nothing that anybody says is kept as a sound."""

import re
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import LargeBinary

from community.core.db import db
from tests.live.circle import Circle

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = sorted((ROOT / "static" / "js").rglob("*.js"))
CAMERA = re.compile(r"\bvideo\s*:|getDisplayMedia|FaceDetector|facingMode")
RECORDING = re.compile(r"MediaRecorder|captureStream|SpeechRecognition|createScriptProcessor")


@pytest.mark.holds("promise:4")
def test_the_lobby_says_so(circle: Circle) -> None:
    lobby = circle.browsers["Ana"].get(f"/calls/{circle.call_id}/lobby").text
    assert "Cameras are off. Nothing is recorded" in lobby


@pytest.mark.holds("promise:4", "F:F10", "F:F12")
def test_no_script_can_ask_for_a_camera() -> None:
    assert SCRIPTS
    assert [path.name for path in SCRIPTS if CAMERA.search(path.read_text())] == []


@pytest.mark.holds("promise:4")
def test_no_script_can_record_or_write_down_what_is_said() -> None:
    assert [path.name for path in SCRIPTS if RECORDING.search(path.read_text())] == []


@pytest.mark.holds("promise:4")
def test_the_server_has_no_place_for_a_voice(application: Flask) -> None:
    with application.app_context():
        columns = [each for table in db.metadata.tables.values() for each in table.columns]
    assert len(columns) > 50
    assert [str(each) for each in columns if isinstance(each.type, LargeBinary)] == []
    code = "".join(path.read_text() for path in (ROOT / "community").rglob("*.py"))
    assert "request.files" not in code
