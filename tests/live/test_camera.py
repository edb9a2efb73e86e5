"""No camera opens without its owner’s press, and nothing that anybody says is kept as a sound."""

import re
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import LargeBinary

from community.core.db import db
from tests.live.circle import Circle

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = sorted((ROOT / "static" / "js").rglob("*.js"))
CAMERA = re.compile(r"getUserMedia\([^)]*\bvideo\b|\bvideo\s*:|getDisplayMedia|facingMode")
WATCHING = re.compile(r"FaceDetector|getImageData|OffscreenCanvas|ImageCapture|VideoFrame")
RECORDING = re.compile(r"MediaRecorder|captureStream|createScriptProcessor")


@pytest.mark.holds("promise:4")
def test_the_lobby_says_so(circle: Circle) -> None:
    lobby = circle.browsers["Ana"].get(f"/calls/{circle.call_id}/lobby").text
    assert "Cameras are off. Nothing is recorded" in lobby


def _scripts_with(pattern: str | re.Pattern[str]) -> list[str]:
    assert SCRIPTS
    return [path.name for path in SCRIPTS if re.search(pattern, path.read_text())]


@pytest.mark.holds("promise:4", "F:F10")
def test_one_script_can_open_a_camera_and_only_turn_camera_on_has_it_do_so() -> None:
    assert _scripts_with(CAMERA) == ["device.js"]
    asked = [each for path in SCRIPTS for each in CAMERA.findall(path.read_text())]
    assert len(asked) == 1  # beside the one for the microphone, which asks for no picture
    assert _scripts_with(r"(await |given\()openCamera\(\)") == ["media.js"]
    assert _scripts_with(r"voices\.showMyself") == ["media.js"]
    (main,) = (path.read_text() for path in SCRIPTS if path.name == "main.js")
    assert main.count("showMyself") == 1
    assert 'if (control.event === "camera-on") return media.showMyself();' in main


@pytest.mark.holds("F:F12")
def test_no_script_can_look_at_a_picture() -> None:
    assert _scripts_with(WATCHING) == []


@pytest.mark.holds("promise:4")
def test_no_script_can_record_or_write_down_what_is_said() -> None:
    assert _scripts_with(RECORDING) == []
    # Captions are made on the speaker's own device or not at all (tests/browser/test_captions.py).
    assert _scripts_with("SpeechRecognition") == ["captions.js"]


@pytest.mark.holds("promise:4")
def test_the_server_has_no_place_for_a_voice(application: Flask) -> None:
    with application.app_context():
        columns = [each for table in db.metadata.tables.values() for each in table.columns]
    assert len(columns) > 50
    bytes_of = [str(each) for each in columns if isinstance(each.type, LargeBinary)]
    assert sorted(bytes_of) == [
        "picture_file.large",  # drawn anew by us: nothing but a picture
        "picture_file.small",
        "reported_words.locked",  # words that somebody typed, behind a key
    ]
    code = {path: path.read_text() for path in (ROOT / "community").rglob("*.py")}
    assert not [path for path, text in code.items() if "request.files" in text]
    takes_files = [path for path, text in code.items() if "FileField" in text]
    assert [path.parent.name for path in takes_files] == ["pictures"]
