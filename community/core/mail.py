"""The real mailer: one message to one SMTP server (RFC 5321)."""

import smtplib
from dataclasses import dataclass
from email.message import EmailMessage

from community.core.ports import MailFailed


@dataclass(frozen=True, slots=True)
class SmtpMailer:
    """Hands messages to an SMTP server, a connection for each."""

    host: str
    port: int
    user: str | None = None
    password: str | None = None
    starttls: bool = False

    def send(self, message: EmailMessage) -> None:
        """Hand over, or raise `MailFailed`; smtplib's yes is the server's yes."""
        try:
            with smtplib.SMTP(self.host, self.port, timeout=20) as server:
                if self.starttls:
                    server.starttls()
                if self.user:
                    server.login(self.user, self.password or "")
                server.send_message(message)
        except (OSError, smtplib.SMTPException) as error:
            raise MailFailed(type(error).__name__) from error


class NoMailer:
    """The demo's mailer: takes everything, sends nothing. The letters page shows the outbox."""

    def send(self, message: EmailMessage) -> None:
        """Taken, and not sent."""
