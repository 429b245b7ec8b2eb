"""What the database holds of each edition, in the form in which the file says it."""

from typing import Any

from creativecities.conference.models import Edition

LABEL = "conference.edition"
PLAIN = ("year", "starts_on", "last_day", "is_inferred", "is_confirmed", "note", "source")


def held() -> dict[str, dict[str, Any]]:
    """Every edition that has a number, by it. Two statements."""
    found = Edition.objects.filter(number__isnull=False).prefetch_related("hosts__city")
    return {str(edition.number): values(edition) for edition in found}


def values(edition: Edition) -> dict[str, Any]:
    """What the file would say of an edition; of its theme the English words."""
    hosts = edition.hosts.all()
    return {
        **{name: _plain(getattr(edition, name)) for name in PLAIN},
        "theme": edition.settings["about"]["theme"].get("en", ""),
        "hosts": [f"{host.name}, {host.country_id}" for host in hosts],
        "cities": [host.city.slug if host.city else "" for host in hosts],
    }


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value
