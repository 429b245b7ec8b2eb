"""The balance board in words: everything it counts under the name the reader knows, and what it warns of."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from creativecities.calls.compute import board as boards
from creativecities.calls.compute import comparing
from creativecities.calls.compute.board import Board, File, Flag, Place
from creativecities.calls.compute.definition import GROUPS, Definition
from creativecities.calls.compute.designation import Short
from creativecities.calls.models import Application, Call
from creativecities.calls.queries import decisions
from creativecities.core.templatetags.ui import field_glyph
from creativecities.network.compute.labels import DEVELOPMENT_LABELS, GROUP_LABELS, SIZE_LABELS
from creativecities.network.models import Country, CreativeField, Region

LABELS: dict[str, str | Promise] = {
    "field": gettext_lazy("Creative field"),
    "region": gettext_lazy("Region"),
    "country": gettext_lazy("Country"),
    "size": gettext_lazy("Size"),
    "development": gettext_lazy("Development group"),
    "group": gettext_lazy("Country group"),
}


def _by_points(group: str) -> Callable[[File], float]:
    return lambda file: -(file.scores[group] or 0.0)


SORTS: dict[str, Callable[[File], Any]] = {
    "name": lambda file: file.name,
    "country": lambda file: file.country,
    "field": lambda file: file.place.field,
    **{group: _by_points(group) for group in GROUPS},
}


class Row(NamedTuple):
    """A line of a chart of what changes."""

    label: str
    today: int
    after: int
    css: str = ""
    glyph: Any = ""


@dataclass(frozen=True)
class Table:
    """All that a board is drawn from, read once: what the call says, who is a member, which files there are."""

    call: Call
    definition: Definition
    members: list[Place]
    files: list[File]
    names: dict[str, dict[str, Any]]

    def drawn(self, chosen: Iterable[int]) -> "Drawn":
        """The board after a choice."""
        taken = set(chosen)
        picked = [each for each in self.files if each.pk in taken]
        return Drawn(self, picked, boards.board(self.members, picked, self.definition))

    def name(self, dimension: str, key: str) -> str:
        """What a kind of cities is called."""
        return str(self.names[dimension].get(key, key))

    def in_order(self, sort: str) -> list[File]:
        """The files by name, country, field or the points of one group."""
        return sorted(self.files, key=SORTS.get(sort, SORTS["name"]))

    @property
    def reached(self) -> frozenset[str]:
        """The countries that have a member today."""
        return frozenset(each.counted for each in self.members)


def table(call: Call, known: QuerySet[Application]) -> Table:
    """Read everything once, of the files that the reader may know. Ten statements at any number of files."""
    definition = decisions.definition_of(call)
    names: dict[str, dict[str, Any]] = {
        "field": {each.pk: each.name for each in CreativeField.objects.all()},
        "region": {each.pk: each.name for each in Region.objects.all()},
        "country": {each.pk: each.name for each in Country.objects.all()},
        "size": dict(SIZE_LABELS), "development": dict(DEVELOPMENT_LABELS), "group": dict(GROUP_LABELS),
    }  # fmt: skip
    members = decisions.members()
    moving = members if definition["rules"]["members_may_apply"] else {}
    return Table(call, definition, list(members.values()), decisions.files(call, known, moving), names)


@dataclass(frozen=True)
class Drawn:
    """A board with its words: charts, the grid of fields and regions, and what passes a limit of the call."""

    table: Table
    chosen: list[File]
    board: Board

    @property
    def charts(self) -> list[tuple[str, list[Row]]]:
        """By everything that is counted, what there is and what there would be."""
        return [(str(LABELS[name]), self._rows(name)) for name in boards.DIMENSIONS]

    def _rows(self, name: str) -> list[Row]:
        is_field = name == "field"
        return [
            Row(
                self.table.name(name, each.key), each.today, each.after,
                f"f-{each.key}" if is_field else "", field_glyph(each.key) if is_field else "",
            )
            for each in self.board.dimensions[name]
        ]  # fmt: skip

    @property
    def grid(self) -> tuple[list[str], list[tuple[str, list[boards.Counted | None]]]]:
        """Regions as heads, and a line for each field."""
        regions = [row.key for row in self.board.dimensions["region"]]
        fields = [row.key for row in self.board.dimensions["field"]]
        lines = [
            (self.table.name("field", field), [self.board.grid.get((field, region)) for region in regions])
            for field in fields
        ]
        return [self.table.name("region", each) for each in regions], lines

    @property
    def warnings(self) -> list[str]:
        """What passes a limit of the call, in words."""
        return [warning(each, self.table) for each in self.board.flags]

    @property
    def points(self) -> list[tuple[str, float | None]]:
        """The mean points of what is chosen, in each group apart."""
        known = {each.pk: each for each in self.table.files}
        chosen = [each.pk for each in self.chosen]
        return [(group, comparing.mean_points(known, chosen, group)) for group in GROUPS]


def warning(flag: Flag, table: Table) -> str:
    """Why a flag stands."""
    words = {"names": ", ".join(flag.names), "country": table.name("country", flag.country), "limit": flag.limit}
    return {
        boards.COUNTRY_CAP: _("%(country)s: more than %(limit)s cities of one country: %(names)s."),
        boards.SAME_FIELD: _("%(country)s: two cities in the same creative field: %(names)s."),
        boards.NOT_ENDORSED: _("The National Commission does not endorse: %(names)s."),
        boards.BELOW_QUORUM: _("Fewer reviews than the %(limit)s needed for a decision: %(names)s."),
    }[flag.kind] % words


def shortage(short: Short, table: Table) -> str:
    """Which wish gives way, and by how much."""
    dimension = "field" if short.wish == "per_field" else "country"
    words = {"by": short.by, "name": table.name(dimension, short.key) if short.key else ""}
    return {
        "number": _("Designations that cannot be found: %(by)s."),
        "from_regions": _("From under-represented regions, missing: %(by)s."),
        "per_field": _("In the field %(name)s, missing: %(by)s."),
        "new_countries": _("First cities of a country, missing: %(by)s."),
        "per_country": _("From %(name)s, needed beyond the wish: %(by)s."),
        "distinct_fields": _("Different fields in %(name)s, needed beyond the wish: %(by)s."),
    }[short.wish] % words


def side_by_side(drawn: Sequence[Drawn]) -> list[tuple[str, list[tuple[str, comparing.Row]]]]:
    """What differs between choices, by everything that is counted, under its name."""
    found = comparing.numbers([each.board for each in drawn])
    return [
        (str(LABELS[name]), [(drawn[0].table.name(name, row.key), row) for row in rows])
        for name, rows in found.items() if rows
    ]  # fmt: skip
