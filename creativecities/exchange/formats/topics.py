"""`topics.csv`: reading and checking it, and what its rows say of each topic."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from creativecities.network.compute.reference import NAMES, Slugs
from creativecities.network.compute.threeway import Record
from creativecities.network.formats import Plan, RowError
from creativecities.network.formats.table import Columns, day, number, several, text

FILE = "topics"
COLUMNS: Columns = {
    "slug": text(50),
    "position": number(1, 1000),
    **{name: text(120) for name in NAMES},
    "start": day(),
    "end": day(blank=True),
    "challenges": several,
}
VALUES = ("position", *NAMES, "start", "end", "challenges")


def faults(plan: Plan) -> Iterator[RowError]:
    """A topic that is there twice or ends before it begins; a challenge that stands under two topics."""
    topics: dict[str, int] = {}
    challenges: dict[str, int] = {}
    for row in plan[FILE]:
        for column, values, seen in (("slug", [row["slug"]], topics), ("challenges", row["challenges"], challenges)):
            for value in values:
                if value in seen:
                    yield row.error(column, _("the same as line %(line)d") % {"line": seen[value]})
                seen.setdefault(value, row.line)
        if row["end"] and row["end"] <= row["start"]:
            yield row.error("end", _("ends before it begins"))


def records(plan: Plan, _slugs: Slugs) -> list[Record]:
    """What the file says of each topic."""
    return [Record(row["slug"], {"slug": row["slug"]}, {name: row[name] for name in VALUES}) for row in plan[FILE]]
