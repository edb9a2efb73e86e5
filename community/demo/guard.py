"""Where the demo answers, and with whom it shares no store."""

from flask import request

from community.accounts import queries as accounts_queries
from community.core.verdict import Reason, Refused

HERE_ONLY = Reason("here-only", "The demo answers on its own machine only.", 403)
OTHER_PEOPLE = Reason("other-people", "This store holds people who joined outside the demo.", 409)
INVENTED_PEOPLE = Reason(
    "invented-people",
    "This store holds invented people of the demo. A real site begins with an empty one: set "
    "DATABASE_URL or VAR_DIR to another place.",
    409,
)

LOCAL_NAMES = {"127.0.0.1", "localhost", "[::1]"}
PROXY_HEADERS = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip", "Via")


def stay_on_this_machine() -> None:
    name = request.host.rsplit(":", 1)[0] if not request.host.endswith("]") else request.host
    if name not in LOCAL_NAMES or any(header in request.headers for header in PROXY_HEADERS):
        raise Refused(HERE_ONLY)


def keep_apart(*, is_demo: bool) -> None:
    """Invented and real people share no store: refused by the demo, and by a real site."""
    if is_demo and accounts_queries.joined(in_demo=False):
        raise Refused(OTHER_PEOPLE)
    if not is_demo and accounts_queries.joined(in_demo=True):
        raise Refused(INVENTED_PEOPLE)
