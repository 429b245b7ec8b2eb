"""Pages that are the same for everyone, kept in the memory of each worker until the next write.

A page enters only if its view is marked (`@page(..., cache=True)`) and the visitor has no session. An entry is as old
as the generation it was made in (see `freshness`), so a change is visible at once. The bodies are kept plain, gzip and
brotli; the answer carries an ETag and is a 304 for those who have it.
"""

import datetime as dt
import gzip
import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

import brotli
from django.conf import settings
from django.db import Error as DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_vary_headers

from creativecities.core import freshness, theme

LONGEST_ADDRESS = 3_000
"""A question of 300 characters, each written as nine in an address."""
SHORTEST_COMPRESSED = 400
_KEPT_HEADERS = frozenset(
    "content-type content-language content-security-policy cache-control vary etag x-frame-options link "
    "x-content-type-options referrer-policy cross-origin-opener-policy content-disposition strict-transport-security "
    "access-control-allow-origin x-robots-tag".split()
)


Moment = tuple[int, int]
"""The number of the last write and the day: at midnight the network of today is another one."""


@dataclass(slots=True)
class Entry:
    """One answer with its encodings, made when first asked for."""

    generation: Moment
    headers: dict[str, str]
    body: bytes
    encoded: dict[str, bytes] = field(default_factory=dict)

    @property
    def size(self) -> int:
        return len(self.body) + sum(map(len, self.encoded.values()))

    def encoding(self, accepted: str) -> str:
        if len(self.body) < SHORTEST_COMPRESSED:
            return ""
        return "br" if "br" in accepted else "gzip" if "gzip" in accepted else ""

    def bytes_in(self, encoding: str) -> bytes:
        if not encoding:
            return self.body
        if encoding not in self.encoded:
            self.encoded[encoding] = (
                brotli.compress(self.body, quality=4) if encoding == "br" else gzip.compress(self.body, 6, mtime=0)
            )
        return self.encoded[encoding]


class Shelf:
    """Entries in the order of their last use; the oldest leave when there are too many bytes."""

    def __init__(self, most_bytes: int) -> None:
        self.most_bytes = most_bytes
        self._lock = threading.Lock()
        self._entries: OrderedDict[str, Entry] = OrderedDict()
        self._bytes = 0

    def get(self, key: str, generation: Moment) -> Entry | None:
        with self._lock:
            entry = self._entries.get(key)
            if entry is None:
                return None
            if entry.generation != generation:
                self._drop(key)
                return None
            self._entries.move_to_end(key)
            return entry

    def put(self, key: str, entry: Entry) -> None:
        weight = 2 * len(entry.body)
        if weight > self.most_bytes // 4:
            return
        with self._lock:
            if key in self._entries:
                self._drop(key)
            self._entries[key] = entry
            self._bytes += weight
            while self._bytes > self.most_bytes:
                self._drop(next(iter(self._entries)))

    def clear(self) -> None:
        with self._lock:
            self._entries.clear()
            self._bytes = 0

    def _drop(self, key: str) -> None:
        self._bytes -= 2 * len(self._entries.pop(key).body)


shelf = Shelf(settings.PAGE_CACHE_BYTES)


def offer(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Mark an answer as the same for everyone, if this visitor has no session."""
    if response.status_code == 200 and request.method in ("GET", "HEAD") and _is_anonymous(request):
        response.same_for_everyone = True  # type: ignore[attr-defined]
    return response


def _is_anonymous(request: HttpRequest) -> bool:
    return settings.SESSION_COOKIE_NAME not in request.COOKIES and "messages" not in request.COOKIES


class PageCache:
    """Middleware, near the outside: answers from memory what is the same for everyone, and compresses everything."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD") or not _is_anonymous(request):
            return self._compressed(request, self._private(self.get_response(request)))
        # At one address a fragment asked for by htmx is another body, and so is a page in chosen colours.
        mark = "f" if request.META.get("HTTP_HX_REQUEST") == "true" else ""
        address = f"{request.scheme}://{request.META.get('HTTP_HOST', '')}{request.get_full_path()}"
        key = f"{mark} {theme.chosen(request)} {address}"
        generation = self._generation()
        if generation is not None and (entry := shelf.get(key, generation)):
            return self._answer(request, entry)
        response = self.get_response(request)
        if not getattr(response, "same_for_everyone", False) or response.cookies or response.streaming:
            return self._compressed(request, self._private(response))
        entry = self._entry(response, generation or (0, 0))
        if generation is not None and len(key) <= LONGEST_ADDRESS:
            shelf.put(key, entry)
        return self._answer(request, entry)

    @staticmethod
    def _generation() -> Moment | None:
        if not shelf.most_bytes:
            return None
        try:
            return freshness.generation(), dt.datetime.now(dt.UTC).toordinal()
        except DatabaseError:
            return None

    @staticmethod
    def _entry(response: HttpResponse, generation: Moment) -> Entry:
        patch_vary_headers(response, ("Accept-Encoding", "Cookie", "HX-Request"))
        response["ETag"] = f'W/"{hashlib.blake2b(response.content, digest_size=10).hexdigest()}"'
        response["Cache-Control"] = "public, max-age=0, must-revalidate"
        headers = {name: value for name, value in response.items() if name.lower() in _KEPT_HEADERS}
        return Entry(generation, headers, response.content)

    @staticmethod
    def _answer(request: HttpRequest, entry: Entry) -> HttpResponse:
        if request.META.get("HTTP_IF_NONE_MATCH") and entry.headers["ETag"] in request.META["HTTP_IF_NONE_MATCH"]:
            return HttpResponseNotModified(headers={k: v for k, v in entry.headers.items() if k != "Content-Type"})
        encoding = entry.encoding(request.META.get("HTTP_ACCEPT_ENCODING", ""))
        response = HttpResponse(entry.bytes_in(encoding), headers=entry.headers)
        if encoding:
            response.headers["Content-Encoding"] = encoding
        response.headers["Content-Length"] = str(len(response.content))
        return response

    @staticmethod
    def _private(response: HttpResponse) -> HttpResponse:
        if "Cache-Control" not in response:
            response["Cache-Control"] = "private, no-cache"
        return response

    @staticmethod
    def _compressed(request: HttpRequest, response: HttpResponse) -> HttpResponse:
        accepted = request.META.get("HTTP_ACCEPT_ENCODING", "")
        kind = response.get("Content-Type", "")
        if (
            response.streaming
            or "Content-Encoding" in response
            or not kind.startswith(("text/", "application/json", "application/geo+json", "image/svg"))
            or len(response.content) < SHORTEST_COMPRESSED
            or not ("gzip" in accepted or "br" in accepted)
        ):
            return response
        entry = Entry((0, 0), {}, response.content)
        encoding = entry.encoding(accepted)
        response.content = entry.bytes_in(encoding)
        response["Content-Encoding"] = encoding
        response["Content-Length"] = str(len(response.content))
        patch_vary_headers(response, ("Accept-Encoding",))
        return response
