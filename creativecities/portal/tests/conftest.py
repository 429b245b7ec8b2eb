"""What tests of the public pages share."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone


@pytest.fixture
def time_machine_day(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Let today be another day: `time_machine_day("2026-11-24")`."""

    def travel(day: str) -> None:
        then = dt.date.fromisoformat(day)

        def localdate(value: Any = None, zone: Any = None) -> dt.date:
            return then

        monkeypatch.setattr(timezone, "localdate", localdate)

    return travel
