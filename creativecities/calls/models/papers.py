"""The papers that were handed in, kept as long as what was handed in."""

from django.db import models

from creativecities.calls.models.applications import Submission
from creativecities.core import privacy
from creativecities.core.models import StoredFile


class SubmittedPaper(models.Model):
    """A paper as it was handed in: it stays when the city replaces it in its draft."""

    DATA = privacy.classed(internal="submission file")
    submission = models.ForeignKey(Submission, models.CASCADE, related_name="papers")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["submission", "file"], name="submitted_paper_once")]

    def __str__(self) -> str:
        return f"{self.submission_id} {self.file_id}"
