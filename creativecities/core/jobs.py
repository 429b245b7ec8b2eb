"""Background work of the kernel, and the minute's tick that slices hang their regular duties on."""

from collections.abc import Callable

from django_tasks import task

_duties: dict[str, Callable[[], object]] = {}


@task()
def send_mail() -> int:
    """Send what waits in the outbox."""
    from creativecities.core import outbox

    return outbox.send_due()


def every_minute(duty: Callable[[], object]) -> Callable[[], object]:
    """Register a duty that finds out by itself what is due; a missed tick is caught up by the next."""
    _duties[f"{duty.__module__}.{duty.__name__}"] = duty
    return duty


def duties() -> dict[str, Callable[[], object]]:
    """All registered duties by name."""
    return dict(_duties)
