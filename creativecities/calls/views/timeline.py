"""What happened to a file, for those who prepare it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from creativecities.calls.models import Application
from creativecities.calls.queries import applications, calls, checking
from creativecities.calls.queries import timeline as queries
from creativecities.core.access import page


@page("signed-in")
def timeline(request: HttpRequest, code: str) -> HttpResponse:
    """Every step of a file that its city may know, and what it waits for."""
    found = Application.objects.visible_to(request.user).filter(contributors__person=request.user.pk)
    file = get_object_or_404(found.select_related("call", "country", "field"), code=code)
    definition = applications.definition_of(file)
    context = {
        "file": file, "title": calls.title_in(file.call, definition),
        "moments": queries.of(request.user, file),
        "completion": checking.open_completion(file, definition),
    }  # fmt: skip
    return render(request, "calls/timeline.html", context)
