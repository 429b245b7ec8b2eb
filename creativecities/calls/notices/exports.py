"""What is told of exports: to the officer who asked, that it can be fetched. Never how many files it holds."""

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from creativecities.calls.models import Export
from creativecities.calls.queries.applications import title_of
from creativecities.core import outbox

SENTENCES: dict[str, str | Promise] = {
    "calls.export.started": _("%(actor)s had a whole round exported"),
    "calls.export.packed": _("An export was worked on"),
    "calls.export.begun_again": _("An export whose worker had died was begun again"),
    "calls.export.finished": _("An export was finished"),
    "calls.export.failed": _("An export failed"),
    "calls.export.cancelled": _("%(actor)s cancelled an export"),
    "calls.export.downloaded": _("%(actor)s downloaded an export"),
    "calls.export.removed": _("An export was removed"),
}


def ready(export: Export) -> None:
    """Say where it is fetched, and until when."""
    person, until = export.person, export.kept_until
    assert until is not None  # it is finished
    with override(person.language):
        words = {"call": title_of(export.call, person.language), "day": date_format(until, "DATE_FORMAT")}
        outbox.queue(
            kind="calls.export.ready", key=f"export-{export.pk}", to=person.email, person_id=person.pk,
            language=person.language, subject=gettext("The export of the round is ready: %(call)s") % words,
            body=gettext("The export of the round “%(call)s” can be downloaded until %(day)s.") % words,
            link=settings.SITE["url"] + reverse("calls:export", args=[export.call.slug]),
        )  # fmt: skip
