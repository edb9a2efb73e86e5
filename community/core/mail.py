"""The real mailer: one message to one SMTP server (RFC 5321)."""

import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass
from email.message import EmailMessage

from community.core.ports import MailFailed, MailRefused


@dataclass(frozen=True, slots=True)
class SmtpMailer:
    """Hands messages to an SMTP server, a connection for each."""

    host: str
    port: int
    user: str | None = None
    password: str | None = None
    starttls: bool = False
    patience: float = 20  # seconds, for each answer

    def send(self, message: EmailMessage) -> None:
        """Hand over, or raise `MailFailed`; smtplib's yes is the server's yes."""
        try:
            server = smtplib.SMTP(self.host, self.port, timeout=self.patience)
            try:
                if self.starttls:
                    server.starttls(context=ssl.create_default_context())
                if self.user:
                    server.login(self.user, self.password or "")
                server.send_message(message)
            finally:
                # A goodbye that goes wrong is no reason to send a letter again.
                with suppress(OSError, smtplib.SMTPException):
                    server.quit()
        except (OSError, smtplib.SMTPException) as error:
            codes = _codes(error)
            kind = MailRefused if codes and min(codes) >= 500 else MailFailed
            raise kind(" ".join([type(error).__name__, *map(str, codes)])) from error


def _codes(error: Exception) -> list[int]:
    """What the server said to this reader or this letter. A no to our password or to our own
    address is about us: once that is mended, the letters that wait can go.
    """
    match error:
        case smtplib.SMTPRecipientsRefused():
            return [code for code, _ in error.recipients.values()]
        case smtplib.SMTPDataError():
            return [error.smtp_code]
        case _:
            return []


class NoMailer:
    """The demo's mailer: takes everything, sends nothing. The letters page shows the outbox."""

    def send(self, message: EmailMessage) -> None:
        """Taken, and not sent."""
