"""The real mailer before servers that are busy, full, gone, silent, or not who they say."""

import socket
import ssl
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest
from aiosmtpd.smtp import AuthResult

from community.core.mail import SmtpMailer
from community.core.ports import MailFailed, MailRefused
from tests.core.certificate import certificate_in
from tests.core.sink import AnyPort, Sink

SHORT = 0.3  # seconds: nobody waits long for a server that stays silent on purpose


def message(to: str = "ana") -> EmailMessage:
    letter = EmailMessage()
    letter["From"], letter["To"] = "circles@example.org", f"{to}@example.org"
    letter.set_content("Hello\n")
    return letter


@pytest.mark.parametrize(
    ("to", "kind", "said"),
    [
        ("nobody", MailRefused, "SMTPRecipientsRefused 550"),
        ("full", MailRefused, "SMTPDataError 552"),
        ("later", MailFailed, "SMTPRecipientsRefused 451"),
    ],
)
def test_a_no_for_good_and_a_no_for_now_are_told_apart(
    smtp: SmtpMailer, sink: Sink, to: str, kind: type[MailFailed], said: str
) -> None:
    with pytest.raises(MailFailed) as failed:
        smtp.send(message(to))
    assert type(failed.value) is kind
    assert str(failed.value) == said  # no address in it
    assert sink.kept == []


@pytest.fixture
def certificate(tmp_path: Path) -> tuple[Path, Path]:
    return certificate_in(tmp_path)


@pytest.fixture
def closed_letters(sink: Sink, certificate: tuple[Path, Path]) -> Iterator[SmtpMailer]:
    """The mailer and a server that takes letters under STARTTLS only, from who knows the word."""
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(*certificate)
    server = AnyPort(
        sink,
        hostname="127.0.0.1",
        port=0,
        tls_context=tls,
        require_starttls=True,
        auth_required=True,
        authenticator=lambda server, session, envelope, mechanism, data: AuthResult(
            success=data.password == b"the word"
        ),
    )
    server.start()
    yield SmtpMailer("127.0.0.1", server.port, "circles", "the word", starttls=True)
    server.stop()


@pytest.fixture
def trusted(certificate: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))


def test_a_letter_goes_under_tls_to_a_server_that_proves_who_it_is(
    closed_letters: SmtpMailer, trusted: None, sink: Sink
) -> None:
    closed_letters.send(message())
    assert len(sink.kept) == 1


def test_to_a_server_that_proves_nothing_no_letter_and_no_password_goes(
    closed_letters: SmtpMailer, sink: Sink
) -> None:
    with pytest.raises(MailFailed, match="SSLCertVerificationError"):
        closed_letters.send(message())
    assert sink.kept == []


def test_a_server_without_tls_gets_no_letter_that_was_to_go_under_it(
    smtp: SmtpMailer, sink: Sink
) -> None:
    with pytest.raises(MailFailed, match="SMTPNotSupportedError"):
        SmtpMailer(smtp.host, smtp.port, starttls=True).send(message())
    assert sink.kept == []


@pytest.mark.thorough
def test_a_wrong_password_is_about_us_and_gives_no_letter_up(
    closed_letters: SmtpMailer, trusted: None
) -> None:
    wrong = SmtpMailer(closed_letters.host, closed_letters.port, "circles", "no", starttls=True)
    with pytest.raises(MailFailed) as failed:
        wrong.send(message())
    assert type(failed.value) is MailFailed


def test_a_server_that_takes_the_call_and_says_nothing_is_not_waited_for() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        mailer = SmtpMailer("127.0.0.1", silent.getsockname()[1], patience=SHORT)
        with pytest.raises(MailFailed):
            mailer.send(message())


def test_a_server_that_is_gone_is_a_no_for_now(sink: Sink) -> None:
    server = AnyPort(sink, hostname="127.0.0.1", port=0)
    server.start()
    server.stop()
    with pytest.raises(MailFailed) as failed:
        SmtpMailer("127.0.0.1", server.port).send(message())
    assert type(failed.value) is MailFailed


def test_a_line_that_breaks_before_the_yes_is_no_yes(smtp: SmtpMailer, sink: Sink) -> None:
    def break_off(command: str) -> None:
        if command == "RCPT":
            raise ConnectionResetError

    sink.after = break_off
    with pytest.raises(MailFailed):
        smtp.send(message())
    assert sink.kept == []


def test_a_goodbye_that_goes_wrong_is_no_reason_to_send_again(smtp: SmtpMailer, sink: Sink) -> None:
    """The yes was said, so the letter has gone, whatever comes after."""

    def fail(command: str) -> None:
        if command == "QUIT":
            raise RuntimeError("500 instead of goodbye")

    sink.after = fail
    smtp.send(message())
    assert len(sink.kept) == 1
