"""Keeping the index in step with what slices give. A job that is killed goes on where it was.

Words are indexed first. What the texts mean follows in turns, so that mails and other jobs are not kept waiting.
"""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import islice
from time import monotonic

from django.conf import settings
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from creativecities.core import days, freshness
from creativecities.core.actor import Robot
from creativecities.core.jobs import every_minute
from creativecities.search import actions
from creativecities.search.compute import cues, engine, vectors
from creativecities.search.compute.documents import Document, Provider
from creativecities.search.models import Index
from creativecities.search.queries import likeness, meanings, providers

FORM = "words-4"
"""Raised when words are folded or kept in another way: then a new index is built beside the old one."""
INDEXER = Robot("Search index")
LONGEST_JOB = dt.timedelta(minutes=15)
COMMITTED_LATER = dt.timedelta(minutes=1)
"""How much earlier than the last look an event may be dated that was committed only after it."""
TURN_SECONDS = 20.0
"""How long one job tells meanings before the next one in the queue has its turn."""
AT_ONCE = 16


@task()
def refresh() -> int:
    """Bring the index up to date; returns how many documents were written."""
    return bring_up_to_date()


@task()
def tell() -> int:
    """Tell what passages mean for the length of a turn; returns how many are left."""
    left = tell_meanings(seconds=TURN_SECONDS)
    if left:
        tell.enqueue()
    return left


@every_minute
def follow() -> None:
    """Index what was written since the last time, and what it means, unless a job for it is waiting or at work."""
    if _is_behind() and not _is_under_way(refresh.module_path):
        refresh.enqueue()
    index = Index.objects.filter(state=Index.CURRENT, form=FORM).first()
    if index and settings.MEANING_ENGINE and _is_untold(index) and not _is_under_way(tell.module_path):
        tell.enqueue()


def _is_untold(index: Index) -> bool:
    """Documents came, went or changed since meanings were last told, or some could not be told yet."""
    return _is_older(index) or bool(meanings.missing(index))


def _is_older(index: Index) -> bool:
    return index.meant_at is None or index.meant_at < index.written_at


def _is_under_way(job: str) -> bool:
    recent = DBTaskResult.objects.filter(task_path=job, enqueued_at__gt=timezone.now() - LONGEST_JOB)
    return bool(recent.exclude(pk__in=DBTaskResult.objects.finished().values("pk")).exists())


def prepare(say: Callable[[str], object]) -> None:
    """The first index, before the site is served, with the meanings that come with the reference data."""
    if _is_behind() and (written := bring_up_to_date()):
        say(f"Search index: {written} documents written.")
    index = Index.objects.filter(state=Index.CURRENT, form=FORM).first()
    if index and settings.MEANING_ENGINE and (kept := _take_shipped(index, meanings.missing(index))):
        actions.tell_meanings(index, kept=kept, similar=likeness.worked_out(index), by=INDEXER)
        say(f"Search by meaning: {kept} passages ready.")


def tell_meanings(*, seconds: float) -> int:
    """Keep what the passages of the index mean, those that were shipped first; returns how many are left untold."""
    index = Index.objects.filter(state=Index.CURRENT, form=FORM).first()
    if index is None or not settings.MEANING_ENGINE:
        return 0
    until = monotonic() + seconds
    missing = meanings.missing(index)
    kept = _take_shipped(index, missing) if missing else 0
    while missing and monotonic() < until and (loaded := engine.engine()):
        some = [missing.popitem() for _each in range(min(AT_ONCE, len(missing)))]
        rows = vectors.packed(loaded.passages([text for _digest, text in some]))
        actions.keep_meanings(index, dict(zip((digest for digest, _text in some), rows, strict=True)), by=INDEXER)
        kept += len(some)
    if kept or _is_older(index):
        actions.drop_meanings(index, by=INDEXER)
        actions.tell_meanings(index, kept=kept, similar=likeness.worked_out(index), by=INDEXER)
    return len(missing) if engine.engine() else 0


def _take_shipped(index: Index, missing: dict[str, str]) -> int:
    """Keep those of the missing meanings that come with the reference data, and strike them off."""
    shipped = meanings.shipped() if missing else {}
    known = {digest: shipped[digest] for digest in missing if digest in shipped}
    if known:
        actions.keep_meanings(index, known, by=INDEXER)
    for digest in known:
        del missing[digest]
    return len(known)


def _is_behind() -> bool:
    """Something was written since, or a day began, which nothing marks."""
    last = Index.objects.filter(state=Index.CURRENT, form=FORM).values_list("seen", "since").first()
    if last is None:
        return True
    seen, since = last
    return seen != freshness.generation() or since is None or since.date() < days.today()


def bring_up_to_date() -> int:
    """Write what is new or changed and remove what is gone; build a new index where there is none of this form."""
    began, seen = timezone.now(), freshness.generation()
    index = Index.objects.filter(form=FORM).order_by("-state").first() or actions.begin(FORM, by=INDEXER)
    written = sum(_follow(index, provider) for provider in providers.registered())
    if (known := cues.written(providers.cues())) != index.cues:
        actions.learn(index, known, by=INDEXER)
    if index.state == Index.BUILDING:
        actions.take_over(index, by=INDEXER)
    actions.looked_at(index, seen=seen, since=began, by=INDEXER)
    return written


def _follow(index: Index, provider: Provider) -> int:
    """What one provider gives, compared by digests with what the index holds."""
    keys = provider.changed(index.since - COMMITTED_LATER) if index.since else None
    held = _held(index, provider.kind, keys)
    written = 0
    for documents in _batches(provider.documents(keys)):
        fresh = [one for one in documents if held.pop(one.key, None) != one.digest]
        if fresh:
            actions.write(index, fresh, by=INDEXER)
            written += len(fresh)
    if held:
        actions.write(index, [], gone=[(provider.kind, key) for key in held], by=INDEXER)
    return written


def _held(index: Index, kind: str, keys: Collection[str] | None) -> dict[str, str]:
    entries = dict(index.entries.filter(kind=kind).values_list("key", "digest"))
    return entries if keys is None else {key: entries[key] for key in keys if key in entries}


def _batches(documents: Iterable[Document]) -> Iterator[list[Document]]:
    rest = iter(documents)
    while batch := list(islice(rest, actions.BATCH)):
        yield batch
