"""Topics as the files of reference data have them."""

from creativecities.core.action import record, step
from creativecities.core.actor import Actor
from creativecities.exchange.models import Topic
from creativecities.network.compute.threeway import Part

ADDED, CHANGED = "exchange.topic.added_from_files", "exchange.topic.changed_from_files"


@step
def write_topics(part: Part, *, by: Actor, first: bool) -> None:
    """Write what the file says of topics. A first load is told of as a whole, a later one thing by thing."""
    Topic.objects.bulk_create([Topic(slug=row.key, **row.values) for row in part.added])
    for slug, changes in part.changed.items():
        Topic.objects.filter(slug=slug).update(**{change.column: change.new for change in changes})
    if not first:
        added = {row.key for row in part.added}
        for topic in Topic.objects.filter(slug__in=part.touched):
            record(ADDED if topic.slug in added else CHANGED, topic, by=by)
