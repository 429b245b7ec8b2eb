"""One question to the index. Names come first, then words and meaning; nobody finds or counts what he may not open."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import and_

from django.db.models import Q

from creativecities.search.compute import tokens
from creativecities.search.compute.snippets import Snippet, snippet
from creativecities.search.compute.tokens import Asked
from creativecities.search.models import Entry, Passage
from creativecities.search.queries import fusion, meanings, words
from creativecities.search.queries import shelf as shelves
from creativecities.search.queries.fusion import BEGINS, NAME, SIMILAR_NAME, SOME_WORDS, TITLE, WORDS, Match
from creativecities.search.queries.shelf import Shelf, as_set, within

NAME_WITHIN = 6.0
WEAK = 0.35
"""Of results that hold only some of the words, those are left out whose match is weaker than this part of the best."""


@dataclass(frozen=True, slots=True)
class Result:
    """One thing that was found. `path` is its address without language; `language` is that of the passage."""

    kind: str
    key: str
    path: str
    title: str
    language: str
    passage: Snippet
    reasons: tuple[str, ...]
    facts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Found:
    """What a question finds.

    `is_ready` is False while there is no index, `is_asked` while nothing is asked; `has_meaning` where
    meanings were compared besides words.
    """

    count: int = 0
    results: Sequence[Result] = ()
    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    similar: Sequence[str] = ()
    has_all_words: bool = True
    has_meaning: bool = True
    is_asked: bool = True
    is_ready: bool = True


def find(
    query: str,
    *,
    facets: Mapping[str, Collection[str]] | None = None,
    audiences: Iterable[str] = ("public",),
    limit: int = 20,
    offset: int = 0,
    language: str = "en",
) -> Found:
    """What these audiences may find, narrowed by facets, the best first; facets are counted without their own choice.

    At most four statements while nothing is written.
    """
    asked, shelf = tokens.asked(query), shelves.current()
    if asked is None or shelf is None:
        return Found(is_asked=asked is not None, is_ready=shelf is not None)
    visible = shelf.visible(audiences) & shelves.present(shelf)
    matches, has_all_words = _matches(asked, shelf, visible)
    question = query[: tokens.LONGEST_QUERY]
    near = meanings.nearest(question, shelf, visible, spoken=shelf.spoken(question), most=fusion.MOST)
    if near is not None:
        fusion.join(matches, near, asked, shelf)
    everything = as_set(matches, len(shelf.ids)) & visible
    parts = {name: shelf.chosen(name, values) for name, values in (facets or {}).items() if values}
    wanted = reduce(and_, parts.values(), everything)
    ranked = _ranked(filter(within(wanted, len(shelf.ids)), matches), matches)
    page = {shelf.ids[place]: matches[place] for place in ranked[offset : offset + limit]}
    results = _results(page, asked, language)
    return Found(
        count=len(ranked),
        results=results,
        counts=_counts(shelf, everything, parts),
        similar=[result.title for result in results if SIMILAR_NAME in result.reasons],
        has_all_words=has_all_words,
        has_meaning=near is not None,
    )


def _matches(asked: Asked, shelf: Shelf, visible: int) -> tuple[dict[int, Match], bool]:
    """Visible entries that match, by place; and whether they have all words."""
    found = _by_words(asked, shelf, visible, every=True)
    if found:
        _put_names_first(found, asked, shelf)
        return found, True
    found = _by_words(asked, shelf, visible, every=False) if len(asked.tokens) > 1 else {}
    for place in _named_within(asked, shelf):
        if place in found:
            found[place].score += NAME_WITHIN
    best = max((match.score for match in found.values()), default=0)
    found = {place: match for place, match in found.items() if match.score >= WEAK * best}
    for place, likeness in shelf.similar(asked.folded, visible):
        found[place] = Match(likeness, [SIMILAR_NAME])
    return found, False


def _by_words(asked: Asked, shelf: Shelf, visible: int, *, every: bool) -> dict[int, Match]:
    reason = WORDS if every else SOME_WORDS
    hits = words.matching(asked, every=every)
    places = ((shelf.places.get(pk), score) for pk, score in hits.items())
    may_be_seen = within(visible, len(shelf.ids))
    return {
        place: Match(score + shelf.boosts[place], [reason])
        for place, score in places
        if place is not None and may_be_seen(place)
    }


def _put_names_first(found: dict[int, Match], asked: Asked, shelf: Shelf) -> None:
    for reason, names in ((NAME, shelf.names), (TITLE, shelf.titles)):
        for place in names.get(asked.folded, ()):
            if place in found:
                found[place].reasons[:] = [reason, WORDS]
    for place in shelf.beginning(asked.folded):
        if place in found and found[place].reasons[0] == WORDS:
            found[place].reasons.insert(0, BEGINS)


def _named_within(asked: Asked, shelf: Shelf) -> set[int]:
    """Entries whose name is a part of what was asked."""
    typed = asked.folded.split()[: tokens.MOST_TOKENS]
    ends = [(start, end) for start in range(len(typed)) for end in range(start + 1, min(start + 5, len(typed)) + 1)]
    parts = {" ".join(typed[start:end]) for start, end in ends}
    return {place for part in parts for place in shelf.names.get(part, ())}


def _ranked(places: Iterable[int], matches: Mapping[int, Match]) -> list[int]:
    return sorted(places, key=lambda place: (*matches[place].order, place))


def _counts(shelf: Shelf, everything: int, parts: Mapping[str, int]) -> dict[str, dict[str, int]]:
    """How many there are of each value of each facet, each facet without its own choice."""
    found = {}
    for facet, values in shelf.facets.items():
        among = reduce(and_, (part for name, part in parts.items() if name != facet), everything)
        numbers = {value: (bits & among).bit_count() for value, bits in values.items()}
        found[facet] = {value: number for value, number in numbers.items() if number}
    return found


def _results(page: Mapping[int, Match], asked: Asked, language: str) -> list[Result]:
    """Two statements."""
    if not page:
        return []
    entries = {entry.pk: entry for entry in Entry.objects.filter(pk__in=page).defer("names", "facets")}
    by_meaning = {pk: match.passage for pk, match in page.items() if _is_by_meaning(match)}
    wanted = Q(entry__in=page.keys() - by_meaning.keys()) | Q(pk__in=by_meaning.values())
    passages: dict[int, list[Passage]] = {}
    for passage in Passage.objects.filter(wanted):
        passages.setdefault(passage.entry_id, []).append(passage)
    return [
        _result(entries[pk], passages.get(pk, []), match, asked, language)
        for pk, match in page.items()
        if pk in entries  # written anew a moment ago
    ]


def _result(entry: Entry, passages: list[Passage], match: Match, asked: Asked, language: str) -> Result:
    best = _best(passages, match, asked, language)
    titles = entry.titles
    return Result(
        kind=entry.kind,
        key=entry.key,
        path=entry.path,
        title=titles.get(language) or titles.get("") or titles.get("en") or entry.key,
        language=best.language if best else "",
        passage=snippet(best.text, asked) if best else Snippet(),
        reasons=tuple(match.reasons),
        facts=entry.facts,
    )


def _best(passages: list[Passage], match: Match, asked: Asked, language: str) -> Passage | None:
    """The passage to show: the nearest in meaning, unless all the words were found."""
    if _is_by_meaning(match):
        return next(iter(passages), None)
    return max(passages, key=lambda each: _fits(each, asked, language), default=None)


def _is_by_meaning(match: Match) -> bool:
    """Whether its nearest passage says more than the one with the most words."""
    return bool(match.passage) and not {TITLE, NAME, WORDS} & set(match.reasons)


def _fits(passage: Passage, asked: Asked, language: str) -> tuple[int, bool, int]:
    """How many of the words a passage has, then whether it is in the reader's language, then how early it stands."""
    matching = {word for word in passage.words.split() if asked.matches(word)}
    return len(matching), passage.language == language, -passage.position
