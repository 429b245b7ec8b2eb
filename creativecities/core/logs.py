"""Logs: one JSON object a line in production, readable lines at the desk. No addresses, names or queries of people."""

import logging
import logging.config
import re
from typing import Any

import structlog

ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")


def configure(config: dict[str, Any]) -> None:
    """Called by Django with settings.LOGGING = {"format": "json" | "plain", "level": …}."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _without_request,
    ]
    as_json = config["format"] == "json"
    renderer: Any = (
        structlog.processors.JSONRenderer()
        if as_json
        else structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)
    )
    tail: list[Any] = [structlog.processors.format_exc_info, _without_addresses] if as_json else []
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {
                "main": {
                    "()": structlog.stdlib.ProcessorFormatter,
                    "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, *tail, renderer],
                    "foreign_pre_chain": shared,
                }
            },
            "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "main"}},
            "root": {"handlers": ["console"], "level": config["level"]},
            "loggers": {
                "django.request": {"level": "ERROR"},
                "django.security": {"level": "ERROR"},
                "weasyprint.progress": {"level": "WARNING"},  # says each of the seven steps of each paper
            },
        }
    )
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )


def _without_addresses(logger: Any, method: str, event: dict[str, Any]) -> dict[str, Any]:
    """Databases and mail servers put people's addresses into their faults."""
    return {key: ADDRESS.sub("[address]", value) if isinstance(value, str) else value for key, value in event.items()}


def _without_request(logger: Any, method: str, event: dict[str, Any]) -> dict[str, Any]:
    event.pop("request", None)
    return event
