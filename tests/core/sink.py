"""A real mail server in a thread, which keeps what it is given."""

import asyncio
from email import message_from_bytes
from email.message import Message
from email.policy import default

from aiosmtpd.controller import Controller


class Sink:
    """What a mail server took. Nobody lives at nobody@."""

    def __init__(self) -> None:
        self.kept: list[Message] = []

    async def handle_RCPT(self, server, session, envelope, address, options) -> str:
        if address.startswith("nobody@"):
            return "550 Nobody lives here"
        envelope.rcpt_tos.append(address)
        return "250 Taken"

    async def handle_DATA(self, server, session, envelope) -> str:
        self.kept.append(message_from_bytes(envelope.content, policy=default))
        return "250 Taken"


class AnyPort(Controller):
    """A mail server on whichever port is free."""

    async def _create_server(self) -> asyncio.AbstractServer:
        server = await super()._create_server()
        self.port = server.sockets[0].getsockname()[1]
        return server
