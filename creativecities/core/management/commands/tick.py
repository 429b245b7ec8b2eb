"""`manage.py tick`: this minute's duties, once or for ever."""

import signal
import time
from argparse import ArgumentParser
from types import FrameType
from typing import Any

import structlog
from django.core.management.base import BaseCommand
from django.db import Error as DatabaseError
from django.db import close_old_connections, connection

from creativecities.core import scheduler

log = structlog.get_logger("scheduler")


class Command(BaseCommand):
    help = "Do what is due this minute: reminders, expiries, digests, retention."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--forever", action="store_true", help="each minute, until stopped")

    def handle(self, *args: Any, forever: bool, **options: Any) -> None:
        if not forever:
            scheduler.tick()
            return
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, _stop)
        while True:
            self._one()
            time.sleep(60.5 - time.time() % 60)

    @staticmethod
    def _one() -> None:
        """A tick; with the database away it is caught up by a later one."""
        try:
            close_old_connections()
            scheduler.tick()
        except DatabaseError as error:
            log.error("database away", error=type(error).__name__)
        finally:
            connection.close()


def _stop(number: int, frame: FrameType | None) -> None:
    raise SystemExit(0)
