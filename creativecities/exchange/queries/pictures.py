"""The pictures of an initiative in their sizes, and who may have their files."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from creativecities.core.files import LICENCES
from creativecities.exchange.models import Initiative, InitiativePicture

COLUMNS = ("file__code", "file__name", "file__width", "file__height", "file__alt", "file__credit", "file__licence")


@dataclass(slots=True)
class Shown:
    """A picture with what a page needs of it; `sizes` are addresses with their width, the largest first."""

    pk: int
    code: str
    name: str
    width: int
    height: int
    alt: str
    credit: str
    licence: str
    sizes: list[tuple[str, int]] = field(default_factory=list)

    @property
    def terms(self) -> str:
        """The licence in words."""
        return str(LICENCES.get(self.licence, self.licence))

    @property
    def srcset(self) -> str:
        """As browsers choose among the sizes."""
        return ", ".join(f"{address} {width}w" for address, width in self.sizes)


def of(one: Initiative) -> list[Shown]:
    """In their order. One statement."""
    found: dict[int, Shown] = {}
    rows = InitiativePicture.objects.filter(initiative=one).order_by("position", "-file__sizes__width")
    sizes = ("file__sizes__code", "file__sizes__name", "file__sizes__width")
    for pk, *facts, size, name, width in rows.values_list("pk", *COLUMNS, *sizes):
        shown = found.setdefault(pk, _shown(pk, *facts))
        if size:
            shown.sizes.append((f"/files/{size}/{name}", width))
    return list(found.values())


def _shown(pk: int, *facts: Any) -> Shown:
    shown = Shown(pk, *facts)
    shown.sizes.append((f"/files/{shown.code}/{shown.name}", shown.width))
    return shown


def files_visible_to(person: Any) -> Q:
    """Whoever may read an initiative that is not public also sees its pictures."""
    if not person.is_authenticated:
        return Q(pk__in=())
    ids = InitiativePicture.objects.filter(initiative__in=Initiative.objects.visible_to(person)).values("file_id")
    return Q(pk__in=ids) | Q(derived_from__in=ids)
