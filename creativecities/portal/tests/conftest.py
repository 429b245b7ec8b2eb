"""What tests of the public pages share."""

import datetime as dt
from collections.abc import Callable

import pytest

from creativecities.core import days


@pytest.fixture
def time_machine_day(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Let today be another day: `time_machine_day("2026-11-24")`."""

    def travel(day: str) -> None:
        then = dt.date.fromisoformat(day)

        monkeypatch.setattr(days, "today", lambda: then)

    return travel
