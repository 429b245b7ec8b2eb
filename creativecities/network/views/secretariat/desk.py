"""What waits for the Secretariat today."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from creativecities.core import days
from creativecities.core.access import page
from creativecities.core.models import Event
from creativecities.network.queries import desk as queries
from creativecities.network.views import saving


@page("secretariat")
def desk(request: HttpRequest) -> HttpResponse:
    """The one thing to do next, what else waits, and what happened lately."""
    counts = queries.due(days.today())
    waiting = [row for row in _waiting(counts) if row["count"]]
    events = Event.objects.visible_to(request.user)[:10]
    context = {
        "next_step": waiting[0] if waiting else None,
        "waiting": waiting[1:],
        "members": counts["members"],
        "rows": [{"event": event, "sentence": saving.sentence(event)} for event in events],
    }
    return render(request, "network/secretariat.html", context)


def _waiting(counts: dict[str, int]) -> list[dict[str, Any]]:
    """In the order in which it should be done."""
    cities, outbox = reverse("network:secretariat_cities"), reverse("network:secretariat_outbox")
    lines = [
        (counts["failed"], f"{outbox}?state=failed",
         ngettext("%d mail could not be delivered", "%d mails could not be delivered", counts["failed"]),
         _("Read them")),
        (counts["held"], f"{outbox}?state=held",
         ngettext("%d mail waits to be read and released", "%d mails wait to be read and released", counts["held"]),
         _("Read and release")),
        (counts["pending"], reverse("network:secretariat_data"),
         ngettext("%d difference between the files and what people wrote",
                  "%d differences between the files and what people wrote", counts["pending"]), _("Decide")),
        (counts["ending"], reverse("network:secretariat_fields"),
         ngettext("%d coordinator’s term ends within 90 days", "%d coordinators’ terms end within 90 days",
                  counts["ending"]), _("See the sub-networks")),
        (counts["without_focal_point"], f"{cities}?lacks=focal-point",
         ngettext("%d member city has no focal point here", "%d member cities have no focal point here",
                  counts["without_focal_point"]), _("Invite them")),
        (counts["without_officer"], reverse("network:secretariat_commissions"),
         ngettext("%d country with members has no commission officer here",
                  "%d countries with members have no commission officer here", counts["without_officer"]),
         _("See the commissions")),
    ]  # fmt: skip
    return [{"count": count, "url": url, "text": text % count, "act": act} for count, url, text, act in lines]
