"""Writing the index, in small transactions."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from itertools import chain
from typing import Any

from django.db import connection
from django.db.models import F, QuerySet
from django.utils import timezone

from creativecities.core.action import action, record
from creativecities.core.actor import Actor
from creativecities.core.text import fold
from creativecities.search.compute import engine, tokens, vectors
from creativecities.search.compute.documents import Document, passages
from creativecities.search.models import Entry, Index, Meaning, Passage, Similar

BATCH = 200


@action(quiet=True)
def begin(form: str, *, by: Actor) -> Index:
    """A new index beside the current one; a half-built one of another form is thrown away."""
    _drop(Index.objects.filter(state=Index.BUILDING))
    index = Index.objects.create(form=form)
    record("search.index.begun", index, by=by, form=form)
    return index


@action
def write(index: Index, documents: Sequence[Document], *, gone: Collection[tuple[str, str]] = (), by: Actor) -> None:
    """Put some documents into an index, in place of what it held of them, and take out those that are gone."""
    Index.objects.select_for_update().get(pk=index.pk)  # two at work on one index follow each other
    known = {(one.kind, one.key) for one in documents}
    for kind in {kind for kind, _key in (*known, *gone)}:
        keys = [key for its_kind, key in (*known, *gone) if its_kind == kind]
        _remove(list(index.entries.filter(kind=kind, key__in=keys).values_list("pk", flat=True)))
    entries = Entry.objects.bulk_create([_entry(index, one) for one in documents])
    rows = [row for entry, one in zip(entries, documents, strict=True) for row in _passages(entry, one)]
    Passage.objects.bulk_create(rows, BATCH)
    _write_words(list(zip(entries, documents, strict=True)))
    Index.objects.filter(pk=index.pk).update(written_at=timezone.now(), done=F("done") + len(documents))
    record("search.index.written", index, by=by, written=len(documents), removed=len(gone))


@action(quiet=True)
def looked_at(index: Index, *, seen: int, since: datetime, by: Actor) -> None:
    """Remember up to which write the index is known to be complete."""
    Index.objects.filter(pk=index.pk).update(seen=seen, since=since)
    record("search.index.looked_at", index, by=by, seen=seen)


@action
def learn(index: Index, cues: Mapping[str, Any], *, by: Actor) -> None:
    """Keep which words of a question speak for what."""
    Index.objects.filter(pk=index.pk).update(cues=cues, written_at=timezone.now())
    record("search.index.learnt", index, by=by, learnt=len(cues))


@action
def take_over(index: Index, *, by: Actor) -> None:
    """Answer from the index that was built, and drop the one before it, in one transaction."""
    _drop(Index.objects.filter(state=Index.CURRENT))
    Index.objects.filter(pk=index.pk, state=Index.BUILDING).update(state=Index.CURRENT, total=F("done"))
    record("search.index.taken_over", index, by=by)


@action(quiet=True)
def keep_meanings(index: Index, rows: Mapping[str, bytes], *, by: Actor) -> None:
    """Keep what texts mean, by their digests. Nobody is asked to look yet: see `tell_meanings`."""
    kept = [Meaning(digest=digest, row=row) for digest, row in rows.items()]
    Meaning.objects.bulk_create(kept, BATCH, ignore_conflicts=True)
    record("search.index.meanings_kept", index, by=by, kept=len(kept))


@action
def tell_meanings(index: Index, *, kept: int, similar: Collection[tuple[int, int, int | None, int]], by: Actor) -> None:
    """Let every worker answer from the meanings that were kept, and say what is near to what."""
    held = {row[1:]: row[0] for row in _similar(index).values_list("pk", "entry", "other", "passage", "rank")}
    Similar.objects.filter(pk__in=[pk for row, pk in held.items() if row not in similar]).delete()
    fresh = [
        Similar(entry_id=entry, other_id=other, passage_id=passage, rank=rank)
        for entry, other, passage, rank in similar
        if (entry, other, passage, rank) not in held
    ]
    Similar.objects.bulk_create(fresh, BATCH)
    Index.objects.filter(pk=index.pk).update(meant_at=timezone.now())
    record("search.index.meanings_told", index, by=by, kept=kept)


def _similar(index: Index) -> QuerySet[Similar]:
    return Similar.objects.filter(entry__index=index)


@action(quiet=True)
def drop_meanings(index: Index, *, by: Actor) -> int:
    """Forget the meanings of texts that are in no index any more."""
    used = chain(*(one.objects.exclude(meaning="").values_list("meaning", flat=True) for one in (Entry, Passage)))
    stale = list(set(Meaning.objects.values_list("pk", flat=True)) - set(used))
    for start in range(0, len(stale), BATCH):
        Meaning.objects.filter(pk__in=stale[start : start + BATCH]).delete()
    record("search.index.meanings_dropped", index, by=by, dropped=len(stale))
    return len(stale)


def _entry(index: Index, one: Document) -> Entry:
    titles = dict.fromkeys(filter(None, map(fold, one.titles.values())))
    names = dict.fromkeys(name for name in map(fold, one.names) if name and name not in titles)
    return Entry(
        index=index,
        kind=one.kind,
        key=one.key,
        path=one.path,
        titles=dict(one.titles),
        names="\n\n".join(("\n".join(titles), "\n".join(names))),
        facets={name: list(values) for name, values in one.facets.items()},
        facts=dict(one.facts),
        boost=one.boost,
        audience=one.audience,
        digest=one.digest,
        gist=one.gist,
        meaning=_meaning(one.gist),
    )


def _passages(entry: Entry, one: Document) -> list[Passage]:
    """Its sentences. Translations mean what the first text means: only that is compared by meaning."""
    original = next((text.language for text in one.texts), "")
    sentences = [(text.language, sentence) for text in one.texts for sentence in passages(text.text)]
    return [
        Passage(
            entry=entry,
            position=position,
            language=language,
            text=text,
            words=tokens.joined([text]),
            meaning=_meaning(text) if language == original else "",
        )
        for position, (language, text) in enumerate(sentences)
    ]


def _meaning(text: str) -> str:
    return vectors.digest(engine.name(), text) if text else ""


def _write_words(pairs: Sequence[tuple[Entry, Document]]) -> None:
    """The words of entries, in the form in which this database looks for words: see the first migration."""
    if not pairs:
        return
    columns = [(entry.pk, *_columns(one)) for entry, one in pairs]
    _remove_words([entry.pk for entry, _one in pairs])
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            statement = "INSERT INTO search_words (rowid, names, keywords, texts) VALUES (%s, %s, %s, %s)"
            cursor.executemany(statement, columns)
        else:
            vectors = [(pk, _vector(zip("ABD", parts, strict=True))) for pk, *parts in columns]
            cursor.executemany("INSERT INTO search_words (rowid, words) VALUES (%s, %s::tsvector)", vectors)


def _columns(one: Document) -> tuple[str, str, str]:
    """Its words: names, keywords, texts."""
    texts = (one.titles.values(), one.names), (one.keywords,), ([text.text for text in one.texts],)
    names, keywords, written = (tokens.joined(chain.from_iterable(parts)) for parts in texts)
    return names, keywords, written


def _vector(columns: Iterable[tuple[str, str]]) -> str:
    """Words with their places and weights, as PostgreSQL writes a tsvector."""
    places: dict[str, list[str]] = {}
    place = 0
    for weight, words in columns:
        for word in words.split():
            place = min(place + 1, 16_000)
            held = places.setdefault(word, [])
            if len(held) < 200:
                held.append(f"{place}{weight}")
    return " ".join(f"'{word}':{','.join(dict.fromkeys(held))}" for word, held in places.items())


def _remove(entries: list[int]) -> None:
    _remove_words(entries)
    for start in range(0, len(entries), BATCH):
        Entry.objects.filter(pk__in=entries[start : start + BATCH]).delete()


def _remove_words(entries: list[int]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany("DELETE FROM search_words WHERE rowid = %s", [(pk,) for pk in entries])


def _drop(indexes: Any) -> None:
    _remove(list(Entry.objects.filter(index__in=indexes).values_list("pk", flat=True)))
    indexes.delete()
