"""Log lines: one JSON object each, so that nothing a user typed can begin a line of its own."""

import logging

import structlog


def start(level: str) -> None:
    logging.basicConfig(level=level, format="%(message)s")
    logging.getLogger("alembic.runtime.plugins").setLevel(logging.WARNING)  # each start would name them all
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping().get(level, logging.INFO)),
        cache_logger_on_first_use=True,
    )
