"""A real mail server in a thread, which keeps what it is given."""

import asyncio
from collections.abc import Callable
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from aiosmtpd.controller import Controller


class Sink:
    """What a mail server took. Nobody lives at nobody@, full@ is full, and later@ is busy.

    `after` is told of every command when it has been carried out and before it is answered.
    """

    def __init__(self) -> None:
        self.kept: list[EmailMessage] = []
        self.heard: list[bytes] = []  # the same as it came over the line
        self.is_busy = True
        self.after: Callable[[str], None] = lambda command: None

    async def handle_EHLO(self, server, session, envelope, hostname, responses) -> list[str]:
        session.host_name = hostname
        self.after("EHLO")
        return responses

    async def handle_MAIL(self, server, session, envelope, address, options) -> str:
        envelope.mail_from = address
        self.after("MAIL")
        return "250 Go on"

    async def handle_RCPT(self, server, session, envelope, address, options) -> str:
        if address.startswith("nobody@"):
            return "550 Nobody lives here"
        if self.is_busy and address.startswith("later@"):
            return "451 Not today"
        envelope.rcpt_tos.append(address)
        self.after("RCPT")
        return "250 Taken"

    async def handle_DATA(self, server, session, envelope) -> str:
        if envelope.rcpt_tos[0].startswith("full@"):
            return "552 No room"
        self.heard.append(envelope.content)
        self.kept.append(message_from_bytes(envelope.content, policy=default))
        self.after("DATA")
        return "250 Taken"

    async def handle_QUIT(self, server, session, envelope) -> str:
        self.after("QUIT")
        return "221 Goodbye"


class AnyPort(Controller):
    """A mail server on whichever port is free."""

    async def _create_server(self) -> asyncio.AbstractServer:
        server = await super()._create_server()
        self.port = server.sockets[0].getsockname()[1]
        return server
