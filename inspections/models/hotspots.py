"""Hot spots that were asked for, and what the worker answered."""

from datetime import timedelta
from typing import Self

from django.db import models
from django.utils import timezone

# A worker that was given it so long ago is given it again.
LOST_AFTER = timedelta(minutes=5)
_KEPT = timedelta(days=7)


class HotSpotsState(models.TextChoices):
    """What is told of a question that nobody asked is `unasked`, and there is no row."""

    WORKING = "working"
    READY = "ready"
    FAILED = "failed"


class HotSpotsRows(models.QuerySet["HotSpots"]):
    def outdated(self) -> Self:
        return self.filter(asked_at__lt=timezone.now() - _KEPT)

    def answering(self, question: str) -> Self:
        """Those that have an answer, of whatever data, newest first."""
        return self.filter(of_question=question, state="ready").order_by("-ended_at")


class HotSpots(models.Model):
    """`of_question` is equal for equal questions by those who see the same, `key` also while the
    data are the same; nobody is told an answer but by a key that his own question makes.
    `version`: of the data, as they were when it was asked."""

    key = models.CharField(max_length=64, primary_key=True)
    of_question = models.CharField(max_length=64, db_index=True)
    version = models.CharField(max_length=40)
    question = models.JSONField()
    scope = models.JSONField()
    state = models.CharField(
        max_length=10, choices=HotSpotsState.choices, default=HotSpotsState.WORKING
    )
    asked_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)
    result = models.JSONField(null=True)

    objects = HotSpotsRows.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=HotSpotsState.values),
                name="hot_spots_are_in_a_known_state",
            ),
            models.CheckConstraint(
                condition=models.Q(state="ready", result__isnull=False)
                | models.Q(result=None) & ~models.Q(state="ready"),
                name="hot_spots_that_are_ready_have_their_result",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.state} · {self.key}"

    @property
    def lost(self) -> bool:
        """Its worker died, or has too much to do."""
        since = timezone.now() - self.asked_at
        return self.state == HotSpotsState.WORKING and since > LOST_AFTER
