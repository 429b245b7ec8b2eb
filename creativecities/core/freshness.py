"""One number that grows with every write, so that whatever is kept in memory knows when it is stale.

The number is a row in the database, raised in the writing transaction itself. A file's time stamp tells the other
processes of this machine at once; other machines look at the row once a second.
"""

import functools
import os
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import ParamSpec, TypeVar

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F

LOOK_EVERY_SECONDS = 1.0
P = ParamSpec("P")
R = TypeVar("R")
_clears: list[Callable[[], None]] = []


def raise_generation() -> None:
    """Mark everything kept in memory as stale. Call inside the writing transaction, as its last statement."""
    from creativecities.core.models import Generation  # whose visibility asks `access`, and that the page cache

    if not Generation.objects.filter(pk=1).update(number=F("number") + 1):
        Generation.objects.get_or_create(pk=1, defaults={"number": 1})
    transaction.on_commit(tell_this_machine)


def generation() -> int:
    """The number of the last write this process knows of; at most one statement a second."""
    return _seen.number()


def forget() -> None:
    """Forget everything kept, and look again at the next question (after a restore, and before each test)."""
    _seen.forget()
    for clear in _clears:
        clear()


def kept(maxsize: int = 1) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Keep what a function found, for its `maxsize` last questions, until the next write. Arguments are hashable."""

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        @functools.lru_cache(maxsize=maxsize)
        def remembered(number: int, *args: P.args, **kwargs: P.kwargs) -> R:
            return function(*args, **kwargs)

        _clears.append(remembered.cache_clear)

        @functools.wraps(function)
        def answered(*args: P.args, **kwargs: P.kwargs) -> R:
            return remembered(generation(), *args, **kwargs)  # type: ignore[arg-type]

        return answered

    return decorate


@functools.lru_cache(maxsize=4)
def _path_in(folder: str) -> str:
    return str(Path(folder) / "generation")


def _path() -> str:
    return _path_in(str(settings.DATA_DIR))


def tell_this_machine() -> None:
    """Let every process of this machine look at the number again."""
    _seen.forget()
    path = _path()
    Path(path).touch()
    now = time.time_ns()
    os.utime(path, ns=(now, now))


class _Seen:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._stamp = -1
        self._until = 0.0
        self._number = 0

    def number(self) -> int:
        stamp = self._file_stamp()
        if stamp == self._stamp and time.monotonic() < self._until:
            return self._number
        with self._lock:
            number = self._read()
            self._stamp, self._until, self._number = stamp, time.monotonic() + LOOK_EVERY_SECONDS, number
            return number

    def forget(self) -> None:
        self._until = 0.0

    @staticmethod
    def _file_stamp() -> int:
        try:
            return os.stat(_path()).st_mtime_ns
        except FileNotFoundError:
            return 0

    @staticmethod
    def _read() -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT number FROM core_generation WHERE id = 1")
            row = cursor.fetchone()
        return row[0] if row else 0


_seen = _Seen()
