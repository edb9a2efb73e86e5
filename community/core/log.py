"""What is written down: one line for each thing, as JSON, in UTC (ASVS 16.2).

Routes and ids of requests only: no addresses, no words, no names. A fault is written with its
traceback and without the values of its variables, because those are what people wrote.
"""

import structlog


def init_log() -> None:
    """Set structlog up, for the whole process."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(),
        ],
        cache_logger_on_first_use=True,
    )
