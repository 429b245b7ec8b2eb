"""Topics: what the database holds of them, and those one can choose from."""

from typing import Any

from creativecities.core import days, freshness
from creativecities.exchange.formats.topics import VALUES
from creativecities.exchange.models import Rating, Topic
from creativecities.network.models import City

LABEL = "exchange.topic"


def held() -> dict[str, dict[str, Any]]:
    """Every topic by its slug, in the form in which the file says it. One statement."""
    rows = Topic.objects.values("slug", *VALUES)
    return {row["slug"]: {name: _plain(row[name]) for name in VALUES} for row in rows}


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


@freshness.kept()
def every() -> dict[str, Topic]:
    """All topics by their slugs, in their order, those that have ended too. One statement until the next write."""
    return {topic.slug: topic for topic in Topic.objects.all()}


def offered() -> list[Topic]:
    """The topics one can choose today. No statement beside that of `every`."""
    today = days.today()
    return [one for one in every().values() if one.start <= today and (one.end is None or today < one.end)]


def rated(city: City) -> dict[str, int]:
    """How a city rates topics today, by kind and slug. One statement."""
    rows = Rating.objects.on(days.today()).filter(city=city).values_list("kind", "topic_id", "value")
    return {f"{kind}-{slug}": value for kind, slug, value in rows}


def label(name: str) -> str | None:
    """What a rating is called, of one named as in `rated`: None for any other name. No statement of its own."""
    kind, _hyphen, slug = name.partition("-")
    if kind not in Rating.Kind.values or slug not in every():
        return None
    return f"{every()[slug].name}: {Rating.Kind(kind).label}"
