"""A real mail server to send to."""

from collections.abc import Iterator

import pytest

from community.core.mail import SmtpMailer
from tests.core.sink import AnyPort, Sink


@pytest.fixture
def sink() -> Sink:
    return Sink()


@pytest.fixture
def smtp(sink: Sink) -> Iterator[SmtpMailer]:
    """The real mailer, with a real mail server at the other end."""
    server = AnyPort(sink, hostname="127.0.0.1", port=0)
    server.start()
    yield SmtpMailer("127.0.0.1", server.port)
    server.stop()
