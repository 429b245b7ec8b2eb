"""Sentences of the events of the index."""

from django.utils.translation import gettext_lazy as _

from creativecities.core import events

SENTENCES = {
    "search.index.begun": _("%(actor)s began to build a new search index"),
    "search.index.written": _("%(actor)s indexed %(written)s documents and removed %(removed)s"),
    "search.index.looked_at": _("%(actor)s compared the search index with what changed"),
    "search.index.learnt": _("%(actor)s learnt %(learnt)s names by which people ask"),
    "search.index.meanings_kept": _("%(actor)s compared %(kept)s passages by their meaning"),
    "search.index.meanings_told": _("%(actor)s put %(kept)s compared passages into use"),
    "search.index.meanings_dropped": _("%(actor)s forgot %(dropped)s passages that are gone"),
    "search.index.taken_over": _("%(actor)s put a new search index into use"),
}


def register() -> None:
    events.register(SENTENCES)
