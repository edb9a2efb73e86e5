"""What is written down: one line for each thing, as JSON, in UTC (ASVS 16.2).

Routes and ids of requests only: no addresses, no words, no names. A fault is written with its
traceback and without the values of its variables, because those are what people wrote.
"""

import logging
import threading
import traceback
import uuid
from types import TracebackType

import structlog

Fault = tuple[type[BaseException], BaseException, TracebackType | None]


def init_log() -> None:
    """Set structlog up, once for the whole process."""
    if structlog.is_configured():
        return
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.ExceptionRenderer(where_it_broke),
            structlog.processors.JSONRenderer(),
        ],
        cache_logger_on_first_use=True,
    )


def name_the_request() -> str:
    """A new id, for all that this request writes down."""
    structlog.contextvars.bind_contextvars(request=uuid.uuid4().hex[:12])
    return request_id() or ""


def forget_the_request() -> None:
    """It is answered: what this thread does next is another thing."""
    structlog.contextvars.clear_contextvars()


def request_id() -> str | None:
    """That of the request which is answered here; None for what the clock does."""
    return structlog.contextvars.get_contextvars().get("request")


def where_it_broke(exc_info: Fault) -> str:
    """The lines of our code and the kinds of fault. Never a message: those quote what was typed."""
    told: list[str] = []
    error: BaseException | None = exc_info[1]
    while error is not None:
        told += [*traceback.format_tb(error.__traceback__), f"{type(error).__qualname__}\n"]
        error = error.__cause__ or error.__context__
    return "".join(told)


class Overheard(logging.Handler):
    """Writes down what a library says, as we do: its sentence with the gaps left open, because
    what fills them are addresses and query strings. A sentence it has filled in by itself is left
    out; where it was said tells which one it was.
    """

    def emit(self, record: logging.LogRecord) -> None:
        structlog.get_logger().log(
            record.levelno,
            "a library said something",
            library=record.name,
            said=record.msg if record.args else None,
            where=f"{record.pathname.rpartition('site-packages/')[2]}:{record.lineno}",
            exc_info=record.exc_info,
        )


def overhear() -> None:
    """From here on libraries, and threads that break, are written down in our form only.

    For the process that serves: elsewhere whoever runs it (a test, the command line) listens.
    """
    logging.getLogger().handlers = [Overheard()]
    threading.excepthook = _a_thread_broke


def _a_thread_broke(args: threading.ExceptHookArgs) -> None:
    if args.exc_value is not None:
        fault = (args.exc_type, args.exc_value, args.exc_traceback)
        structlog.get_logger().error("a thread broke", exc_info=fault)
