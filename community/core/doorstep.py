"""What is settled before anything of ours reads a request, be it for a page, a file or a line."""

from collections.abc import Iterable
from threading import Lock
from typing import TYPE_CHECKING, Any

from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.sansio.utils import host_is_trusted

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_SOCKET = "gunicorn.socket"
ELSEWHERE = b"This site answers to its own name only.\n"


class Whole:
    """A socket that sends what it is given as a whole, one message after another.

    simple-websocket asks it to send and doesn’t look at how much went. A greenlet’s socket takes as
    much as there is room for: to a slow page the rest of a message would be lost, and all after it
    (miguelgrinberg/simple-websocket#45).
    """

    def __init__(self, socket: Any) -> None:
        self._socket = socket
        self._turn = Lock()

    def send(self, message: bytes) -> int:
        """Wait for room as often as it takes."""
        with self._turn:
            sent: int = self._socket.send(message)
            if sent < len(message):  # seldom; to say so to a thousand lines takes half as long
                self._socket.sendall(message[sent:])
        return len(message)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._socket, name)


def doorstep(site: "WSGIApplication", name: str | None, proxies: int) -> "WSGIApplication":
    """The site behind its doorstep.

    It answers to this name only (None: to any), and believes what exactly so many proxies say
    about who is asking and how. Their `Host` is passed on unchanged, so nobody else names one.
    """
    names = [name] if name else None

    def answer(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        if not host_is_trusted(environ.get("HTTP_HOST"), names):
            start_response("421 Misdirected Request", [("Content-Type", "text/plain")])
            return [ELSEWHERE]
        # Browsers offer to compress a WebSocket, and simple-websocket would: half the messages a
        # second and 105 KB more for each line.
        environ.pop("HTTP_SEC_WEBSOCKET_EXTENSIONS", None)
        if _SOCKET in environ:
            environ[_SOCKET] = Whole(environ[_SOCKET])
        return site(environ, start_response)

    return ProxyFix(answer, x_for=proxies, x_proto=proxies, x_host=0) if proxies else answer
