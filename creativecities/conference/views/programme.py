"""The public programme: by day, a session, the releases and what each changed, the same as data."""

import datetime as dt
import functools
import zoneinfo
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from creativecities.conference.compute import listing, released
from creativecities.conference.compute.programme_changes import wordings
from creativecities.conference.formats import releases as formats
from creativecities.conference.models import Edition, Release
from creativecities.conference.queries import materials, releases, signups
from creativecities.conference.queries.labels import labels
from creativecities.conference.rules import signups as rules
from creativecities.core import atom, downloads
from creativecities.core.access import get_visible, page


def root_of(slug: str) -> str:
    """Under which a session of the programme has its address."""
    return reverse("conference:programme", args=[slug])


def _chosen(request: HttpRequest) -> dict[str, str]:
    return {name: value[:60] for name in listing.FILTERS if (value := request.GET.get(name, "").strip())}


LABELS = {"kind": _lazy("Kind"), "field": _lazy("Creative field"), "language": _lazy("Language"), "room": _lazy("Room")}


def _boxes(release: Release, chosen: dict[str, str]) -> SafeString:
    """Boxes for what can be chosen."""
    found, every = listing.choices(release.listing, labels()), _("no restriction")
    boxes = (listing.select(name, str(LABELS[name]), found[name], chosen.get(name, ""), every) for name in LABELS)
    return mark_safe("".join(boxes))


@functools.cache
def _zones() -> frozenset[str]:
    """The zones there are; read from the disk once."""
    return frozenset(zoneinfo.available_timezones())


@page("public", cache=True)
def programme(request: HttpRequest, slug: str) -> HttpResponse:
    """The newest release by day. One statement between writes, whatever is in it."""
    release = releases.newest(request.user, slug)
    if release is None:
        edition = get_visible(Edition, request.user, slug=slug)
        context = {"edition": edition, "title": releases.title_of(edition)}
        return render(request, "conference/programme_to_come.html", context)
    chosen, zone = _chosen(request), release.listing["zone"]
    asked = request.GET.get("zone", "").strip()[:60]
    other = asked.replace(" ", "_") if asked.replace(" ", "_") in _zones() - {zone} else ""
    rows = [row for row in release.listing["sessions"] if listing.fits(row, chosen)]
    context = {
        "release": release, "edition": release.edition, "title": releases.title_of(release.edition),
        "days": listing.days(rows, labels(), zone=zone, other=other, root=root_of(slug)),
        "boxes": _boxes(release, chosen), "asked_zone": asked,
        "is_wrong_zone": asked.replace(" ", "_") not in ("", zone, other),
        "chosen": chosen, "zone": zone, "total": len(rows), "data_root": root_of(slug).rstrip("/"),
        "own_zone": getattr(request.user, "time_zone", ""),
    }  # fmt: skip
    return render(request, "conference/programme.html", context)


@page("public", cache=True)
def programme_data(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """The same sessions and filters as CSV or JSON."""
    release = released_of(request, slug)
    chosen, said = _chosen(request), labels()
    root = settings.SITE["url"] + root_of(slug)
    rows = [listing.record(row, said, root) for row in release.listing["sessions"] if listing.fits(row, chosen)]
    if kind == "csv":
        return downloads.as_csv(rows, listing.COLUMNS, name=f"programme-{slug}-{release.number}")
    about = {"release": release.number, "released_at": release.released_at, "zone": release.listing["zone"]}
    return downloads.as_json({**about, "count": len(rows), "results": rows})


def released_of(request: HttpRequest, slug: str) -> Release:
    """The newest release. Raises Http404 while there is none."""
    release = releases.newest(request.user, slug)
    return release or get_visible(Release, request.user, edition__slug=slug)


@page("public")
def now(request: HttpRequest, slug: str) -> HttpResponse:
    """Leads to what is on now, or else to what comes next."""
    release = released_of(request, slug)
    at = timezone.now().astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%MZ")
    coming = [row for row in release.listing["sessions"] if row["ends_at"] > at]
    place = f"#s-{min(coming, key=lambda row: row['starts_at'])['slug']}" if coming else ""
    return redirect(f"{root_of(slug)}{place}")


@page("public")
def session(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """One session: what it is about, when and where, for whom, who speaks. Four statements for a visitor."""
    release = released_of(request, slug)
    rows, said = release.listing["sessions"], labels()
    row = releases.found(release, name)
    beside, before, after = listing.neighbours(rows, row)
    zone = release.listing["zone"]
    context = {
        "release": release, "edition": release.edition, "row": row, "root": root_of(slug), "zone": zone,
        "title": released.text(row["title"], said.reader), "about": listing.about(row, said),
        "abstract": released.text(release.abstracts.get(name, {}), said.reader),
        "room": released.text(row["room_name"], said.reader), "speakers": _speakers(row),
        **_when(row, zone, getattr(request.user, "time_zone", "")), "gate": said.admits[row["admits"]],
        "rule": rules.in_words(row["admits"]) if row["admits"] != "everybody" else "",
        "materials": materials.of_session(request.user, row["guid"]),
        "contributions": row.get("contributions", []),
        "seats": signups.seats(request.user, release, name),
        "around": [(label, [_linked(each, said.reader) for each in found]) for label, found in (
            (_("At the same time"), beside), (_("Before it"), [before] if before else []),
            (_("After it"), [after] if after else []),
        ) if found],
    }  # fmt: skip
    return render(request, "conference/session.html", context)


def _when(row: released.Row, zone: str, own: str) -> dict[str, Any]:
    """Day and hours by the clock of the place, and by that of the reader if it is another."""
    there, here = ([at.astimezone(ZoneInfo(each)) for at in released.instants(row)] for each in (zone, own or zone))
    hours, own_hours = (f"{start:%H:%M}–{end:%H:%M}" for start, end in (there, here))
    if here[0].date() != there[0].date():
        own_hours = f"{date_format(here[0].date())}, {own_hours}"
    is_elsewhere = bool(own) and own != zone
    return {
        "day": there[0].date(), "offset": listing.offset(there[0]), "hours": hours, "own_zone": own,
        "own_hours": own_hours if is_elsewhere else "",
    }  # fmt: skip


def _speakers(row: released.Row) -> list[tuple[str, str, str]]:
    """Name if they agreed, city and its address, of each who speaks."""
    names = releases.names([row]) if row["speakers"] else {}
    return [(names.get(each["code"], ""), each["city"], each["city_slug"]) for each in row["speakers"]]


def _linked(row: released.Row, reader: str) -> tuple[str, Any]:
    return row["slug"], released.text(row["title"], reader)


@page("public", cache=True)
def changes(request: HttpRequest, slug: str) -> HttpResponse:
    """Every release with what it changed, the newest first. Two statements."""
    edition, found = releases.of_edition(request.user, slug)
    rows = [
        (release, [(change, wordings(change, edition.zone)) for change in releases.changes_of(release)])
        for release in found
    ]
    context = {"edition": edition, "title": releases.title_of(edition), "rows": rows}
    return render(request, "conference/programme_changes.html", context)


@page("public", cache=True)
def feed(request: HttpRequest, slug: str) -> HttpResponse:
    """The releases of a programme as an Atom feed."""
    edition, found = releases.of_edition(request.user, slug)
    title = _("Programme: %(title)s") % {"title": releases.title_of(edition)}
    entries = (formats.entry(release, edition.zone) for release in found)
    return atom.as_feed(request, title, reverse("conference:programme_changes", args=[slug]), entries)
