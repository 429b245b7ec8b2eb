"""Releases of the programme as entries of a feed."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from creativecities.conference.compute.programme_changes import wordings
from creativecities.conference.models import Release
from creativecities.conference.queries import releases as queries
from creativecities.core.atom import Entry

MOST = 40
"""Changes told in an entry."""


def entry(release: Release, zone: str) -> Entry:
    """A release and what it changed."""
    page = reverse("conference:programme_changes", args=[release.edition.slug])
    lines = [release.note] if release.note else []
    for change in queries.changes_of(release)[:MOST]:
        before, after = wordings(change, zone)
        told = " → ".join(filter(None, (before, after)))
        lines.append(f"{change.label}: {change.session.title}{f' ({told})' if told else ''}")
    return Entry(
        address=f"{settings.SITE['url']}{page}#r-{release.number}",
        title=_("Release %(number)s of the programme") % {"number": release.number},
        text="\n".join(lines), changed_at=release.released_at, language=get_language() or "en",
    )  # fmt: skip
