"""The same cast as in the tests of threads."""

from tests.threads.conftest import cast, scene

__all__ = ["cast", "scene"]
