"""The clock of the story: what people did weeks ago is told as of then, by the same actions."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from django.utils import timezone


@contextmanager
def at(moment: dt.datetime) -> Iterator[None]:
    """Let it be an instant, and time go on from there, while a part of the story is told."""
    here: type[dt.datetime] = vars(timezone)["datetime"]  # what timezone.now() asks, also for defaults of models
    later = moment - timezone.now()

    class Then(here):  # type: ignore[misc, valid-type]
        @classmethod
        def now(cls, tz: dt.tzinfo | None = None) -> dt.datetime:
            return here.now(tz) + later

    vars(timezone)["datetime"] = Then
    try:
        yield
    finally:
        vars(timezone)["datetime"] = here
