"""Somebody’s file, opened."""

import json
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from werkzeug.test import TestResponse


class Taken:
    """What is in it: for machines, to read, and beside."""

    def __init__(self, answer: TestResponse) -> None:
        assert answer.status_code == 200, answer.status_code
        assert answer.mimetype == "application/zip"
        self.parts = ZipFile(BytesIO(answer.data))
        self.page = self.parts.read("my-data.html").decode()
        self.text = self.parts.read("my-data.json").decode()
        self.tables: dict[str, Any] = json.loads(self.text)
