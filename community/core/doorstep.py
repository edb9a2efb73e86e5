"""What is settled before anything of ours reads a request, be it for a page, a file or a line."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.sansio.utils import host_is_trusted

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

ELSEWHERE = b"This site answers to its own name only.\n"


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
        return site(environ, start_response)

    return ProxyFix(answer, x_for=proxies, x_proto=proxies, x_host=0) if proxies else answer
