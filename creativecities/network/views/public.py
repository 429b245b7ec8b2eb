"""Files: what is published everybody may have; the rest does not exist."""

from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified

from creativecities.core.access import page
from creativecities.network.queries.files import visible_file

INLINE = frozenset({"image/webp", "image/jpeg", "image/png"})
A_MOMENT = 300  # seconds: a picture that is taken down must go


@page("public")
def file(request: HttpRequest, code: str, name: str) -> HttpResponse:
    """One stored file, kept by browsers for a moment only: what is taken down must go everywhere.

    A file that is not public is answered as one that is missing: the same page after the same statement.
    """
    stored = visible_file(request.user, code, name)
    if stored is None:
        raise Http404
    etag = f'"{stored.digest}"'
    if etag in request.headers.get("If-None-Match", ""):
        return _kept(HttpResponseNotModified(), etag, is_public=stored.is_public)
    try:
        with stored.content.open("rb") as content:
            response = HttpResponse(content.read(), content_type=stored.content_type)
    except FileNotFoundError:
        raise Http404 from None
    way = "inline" if stored.content_type in INLINE else "attachment"
    response["Content-Disposition"] = f"{way}; filename*=UTF-8''{quote(stored.name)}"
    return _kept(response, etag, is_public=stored.is_public)


def _kept(response: HttpResponse, etag: str, *, is_public: bool) -> HttpResponse:
    """Say how long the bytes may be kept, and that they are what their type says."""
    response["ETag"] = etag
    response["Cache-Control"] = f"public, max-age={A_MOMENT}" if is_public else "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
