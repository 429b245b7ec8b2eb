"""What happened to a file, and what is new in its call, for those who prepare it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from creativecities.calls.queries import checking, files
from creativecities.calls.queries import news as queries
from creativecities.calls.queries import timeline as timelines
from creativecities.core.access import page


@page("signed-in")
def timeline(request: HttpRequest, code: str) -> HttpResponse:
    """Every step of a file that its city may know, and what it waits for."""
    one = files.mine(request.user, code)
    context = {
        "one": one, "file": one.file, "moments": timelines.of(request.user, one.file),
        "completion": checking.open_completion(one.file, one.definition),
    }  # fmt: skip
    return render(request, "calls/timeline.html", context)


@page("signed-in")
def changes(request: HttpRequest, code: str) -> HttpResponse:
    """What is new in the call since the file was last written in, and the answers that are no longer asked for."""
    one = files.mine(request.user, code)
    news = queries.since_last_edit(one.file, one.shown.number)
    context = {
        "one": one, "file": one.file, "news": news,
        "changes": queries.changed(one.file, news) if news else [],
        "kept": queries.no_longer_asked(one.file, one.definition),
    }  # fmt: skip
    return render(request, "calls/changes.html", context)
