"""What is done by itself, by the worker."""

from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from inspections.api.pack import kept
from inspections.services import derivatives, papers, uploads

# A disk that is full or a store that does not answer for a while: over half a day in all.
PATIENT = RetryStrategy(max_attempts=8, exponential_wait=5)


@app.task(retry=PATIENT)
def make_derivatives(photo: str) -> bool:
    """Queued as soon as a photo is both named and here; whether something was made."""
    made = derivatives.make(UUID(photo))
    return made is not None and made.made_at is not None


@app.task(retry=PATIENT)
def render_paper(paper: str) -> bool:
    """Queued with the paper's number; whether files were made."""
    return papers.render(UUID(paper)) is not None


@app.periodic(cron="*/5 * * * *")
@app.task
def render_papers(timestamp: int) -> int:
    """Every five minutes; answers how many were queued again because their job was lost."""
    return papers.render_again()


@app.periodic(cron="17 * * * *")
@app.task
def forget_packs(timestamp: int) -> int:
    """Each hour; answers how many parts of packs are gone."""
    return kept.forget()


@app.periodic(cron="37 * * * *")
@app.task
def forget_uploads(timestamp: int) -> int:
    """Each hour; answers how many waited for too long."""
    return uploads.forget_expired()
