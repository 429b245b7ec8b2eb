"""The index: what can be found, derived from what slices give, in generations that replace each other whole."""

from django.db import models
from django.utils import timezone

from creativecities.core import privacy


class Index(models.Model):
    """One generation of the index. While the next is built, the current one answers."""

    BUILDING, CURRENT = "building", "current"
    DATA = privacy.classed(internal="form state written_at meant_at done total seen since begun_at cues")
    form = models.CharField(max_length=40, help_text="How words are folded and kept; another form needs a new index.")
    state = models.CharField(max_length=10, default=BUILDING)
    written_at = models.DateTimeField(default=timezone.now, help_text="Of the last change; workers reload then.")
    meant_at = models.DateTimeField(null=True, help_text="When meanings last came or went; workers reload them then.")
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    seen = models.BigIntegerField(default=-1, help_text="The number of the last write that was looked at.")
    since = models.DateTimeField(null=True, help_text="What changed before is in the index.")
    begun_at = models.DateTimeField(default=timezone.now)
    cues = models.JSONField(default=dict, help_text="Words of a question that speak for values of facets, by root.")

    class Meta:
        verbose_name_plural = "indexes"
        constraints = [models.UniqueConstraint(fields=["state"], name="index_one_of_a_state")]

    def __str__(self) -> str:
        return f"{self.form} {self.pk}"


class Entry(models.Model):
    """A document as it was when it was last indexed. Its words are in the table `search_words`, by its id."""

    DATA = privacy.classed(internal="index kind key path titles names facets facts boost audience digest gist meaning")
    index = models.ForeignKey(Index, models.CASCADE, related_name="entries")
    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=100)
    path = models.CharField(max_length=300)
    titles = models.JSONField(default=dict)
    names = models.TextField(help_text="Folded, one a line: titles, an empty line, other names.")
    facets = models.JSONField(default=dict)
    facts = models.JSONField(default=dict)
    boost = models.FloatField(default=0)
    audience = models.CharField(max_length=40)
    digest = models.CharField(max_length=64)
    gist = models.TextField(default="", help_text="What it is about, for comparing meanings.")
    meaning = models.CharField(max_length=32, default="", help_text="Under which the meaning of the gist is kept.")

    class Meta:
        verbose_name_plural = "entries"
        constraints = [models.UniqueConstraint(fields=["index", "kind", "key"], name="entry_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class Passage(models.Model):
    """A sentence of a document, in its language."""

    DATA = privacy.classed(internal="entry position language text words meaning")
    entry = models.ForeignKey(Entry, models.CASCADE, related_name="passages")
    position = models.PositiveIntegerField()
    language = models.CharField(max_length=10)
    text = models.TextField()
    words = models.TextField(help_text="Folded, with blanks between them.")
    meaning = models.CharField(max_length=32, default="", help_text="Under which the meaning of the text is kept.")

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["entry", "position"], name="passage_once")]

    def __str__(self) -> str:
        return self.text[:60]


class Meaning(models.Model):
    """What a text means, as an engine tells it: found again by a digest of engine and text, in whatever generation."""

    DATA = privacy.classed(internal="digest row")
    digest = models.CharField(max_length=32, primary_key=True)
    row = models.BinaryField(help_text="One byte a number.")

    def __str__(self) -> str:
        return self.digest


class Similar(models.Model):
    """A public document near in meaning to another of its kind: by which of its passages, and how near in order."""

    DATA = privacy.classed(internal="entry other passage rank")
    entry = models.ForeignKey(Entry, models.CASCADE, related_name="similar")
    other = models.ForeignKey(Entry, models.CASCADE, related_name="+")
    passage = models.ForeignKey(Passage, models.CASCADE, null=True, related_name="+")
    rank = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["rank"]
        verbose_name_plural = "similar"
        constraints = [models.UniqueConstraint(fields=["entry", "other"], name="similar_once")]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.other_id}"
