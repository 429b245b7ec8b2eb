"""Feeds to follow (Atom, RFC 4287)."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from creativecities.core import days, language
from creativecities.core.text import legible

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing: its address, what it is called and says, when it was last changed, and under which terms it stands."""

    address: str
    title: str
    text: str
    changed_at: dt.datetime
    terms: tuple[tuple[str, str], ...] = ()
    language: str = ""
    part: str = ""
    """Which news of the thing this is, where it can have several; part of the entry's lasting name."""


@dataclass(frozen=True, slots=True)
class Feed:
    """What a feed says of itself: its own address, that of the page it follows, by whom, in which language."""

    own: str
    page: str
    title: str
    author: str
    language: str
    empty_at: dt.datetime
    """When it was last changed, while nothing is in it."""


def feed(of: Feed, entries: Iterable[Entry]) -> str:
    """The document."""
    rows = list(entries)
    changed_at = max((row.changed_at for row in rows), default=of.empty_at)
    head = (
        f'{HEAD}<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{of.language}"><id>{_text(of.own)}</id>'
        f"<title>{_text(of.author)} · {_text(of.title)}</title><updated>{_instant(changed_at)}</updated>"
        f"<author><name>{_text(of.author)}</name></author>"
        f'<link rel="self" type="application/atom+xml" href={quoteattr(of.own)}/><link href={quoteattr(of.page)}/>\n'
    )
    return f"{head}{''.join(map(_entry, rows))}</feed>\n"


def as_feed(request: HttpRequest, title: str, page: str, entries: Iterable[Entry]) -> HttpResponse:
    """A feed of this site at the address asked for, which follows one of its pages."""
    site = settings.SITE["url"]
    about = Feed(
        own=site + request.get_full_path(),
        page=site + page,
        title=title,
        author=settings.SITE["name"],
        language=language.short(translation.get_language() or "en"),
        empty_at=dt.datetime.combine(days.today(), dt.time(), tzinfo=dt.UTC),
    )
    return HttpResponse(feed(about, entries), content_type="application/atom+xml; charset=utf-8")


def _entry(row: Entry) -> str:
    written = f' xml:lang="{row.language}"' if row.language else ""
    terms = "".join(f"<category term={quoteattr(term)} label={quoteattr(label)}/>" for term, label in row.terms)
    return (
        f"<entry{written}><id>{_text(row.address + row.part)}</id><title>{_text(row.title)}</title>"
        f"<link href={quoteattr(row.address)}/><updated>{_instant(row.changed_at)}</updated>"
        f"<summary>{_text(row.text)}</summary>{terms}</entry>\n"
    )


def _text(text: str) -> str:
    """Without what XML cannot hold."""
    return escape(legible(text))


def _instant(at: dt.datetime) -> str:
    return at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
