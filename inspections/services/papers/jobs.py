"""The job that makes a paper's files."""

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from inspections.models import Paper

# The name of the task in inspections.tasks, which stands above this module.
RENDER = "inspections.tasks.render_paper"


def defer_rendering(paper: Paper) -> bool:
    """In the transaction of whoever calls this: with it, or not at all. One waits at most; whether
    it is this one."""
    try:
        with transaction.atomic():
            app.configure_task(RENDER, queueing_lock=f"paper {paper.pk}").defer(paper=str(paper.pk))
    except AlreadyEnqueued:
        return False
    return True
