"""Keeping the index in step with what slices give. A job that is killed goes on where it was."""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import islice

from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from creativecities.core import days, freshness
from creativecities.core.actor import Robot
from creativecities.core.jobs import every_minute
from creativecities.search import actions
from creativecities.search.compute.documents import Document, Provider
from creativecities.search.models import Index
from creativecities.search.queries import providers

FORM = "words-2"
"""Raised when words are folded or kept in another way: then a new index is built beside the old one."""
INDEXER = Robot("Search index")
LONGEST_JOB = dt.timedelta(minutes=15)
COMMITTED_LATER = dt.timedelta(minutes=1)
"""How much earlier than the last look an event may be dated that was committed only after it."""


@task()
def refresh() -> int:
    """Bring the index up to date; returns how many documents were written."""
    return bring_up_to_date()


@every_minute
def follow() -> None:
    """Index what was written since the last time, unless a job for it is waiting or at work."""
    if not _is_behind():
        return
    recent = DBTaskResult.objects.filter(task_path=refresh.module_path, enqueued_at__gt=timezone.now() - LONGEST_JOB)
    if not recent.exclude(pk__in=DBTaskResult.objects.finished().values("pk")).exists():
        refresh.enqueue()


def prepare(say: Callable[[str], object]) -> None:
    """The first index, before the site is served."""
    if _is_behind() and (written := bring_up_to_date()):
        say(f"Search index: {written} documents written.")


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
