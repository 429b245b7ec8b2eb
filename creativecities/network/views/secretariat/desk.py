"""What waits for the Secretariat today."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from creativecities.core import days
from creativecities.core.access import page
from creativecities.core.models import Event
from creativecities.network.queries import desk as queries
from creativecities.network.views import saving


@page("secretariat")
def desk(request: HttpRequest) -> HttpResponse:
    """The one thing to do next, what else waits, and what happened lately, without what the index does all day."""
    counts = queries.due(request.user, days.today())
    waiting = queries.waiting(counts)
    events = Event.objects.visible_to(request.user).exclude(kind__startswith="search.index.")[:10]
    context = {
        "next_step": waiting[0] if waiting else None,
        "waiting": waiting[1:],
        "members": counts["members"],
        "rows": [{"event": event, "sentence": saving.sentence(event)} for event in events],
    }
    return render(request, "network/secretariat.html", context)
