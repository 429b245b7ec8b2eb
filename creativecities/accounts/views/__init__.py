"""Pages about people: their account, invitations, and what the Secretariat does for somebody locked out."""

from django.http import HttpRequest, HttpResponse

from creativecities.core import views as core


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """The page for too many tries, in the reader's language."""
    return core.error_page(request, 429)
