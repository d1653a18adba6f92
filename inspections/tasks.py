"""What is done by itself, by the worker."""

from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from inspections.api.pack import kept
from inspections.models import CaseLeft
from inspections.services import derivatives, hooks, hotspots, papers, uploads
from inspections.services.cases import clocks
from inspections.services.evidence import retention

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


@app.periodic(cron="7 0 * * *")
@app.task
def issue_bulletin(timestamp: int) -> int:
    """Every morning of the office, at 8; how many of last month's papers were issued now."""
    return papers.issue_monthly()


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


@app.task
def tell_hook(hook: str) -> int:
    """Queued as soon as there is something to tell; answers how many messages were taken."""
    return hooks.deliver(UUID(hook))


@app.periodic(cron="* * * * *")
@app.task
def tell_hooks(timestamp: int) -> int:
    """Each minute: those whose turn to be told again has come; how many hooks."""
    return len(hooks.due_hooks())


@app.periodic(cron="43 3 * * *")
@app.task
def forget_where_cases_were(timestamp: int) -> int:
    """Every night; answers how many rows are gone."""
    return CaseLeft.objects.outdated().delete()[0]


@app.task(retry=PATIENT)
def recompute_deadlines(years: list[int]) -> int:
    """Queued where the office's days were changed; answers how many cases have other ones."""
    return clocks.recompute(years)


@app.periodic(cron="23 3 * * *")
@app.task
def recompute_provisional(timestamp: int) -> int:
    """Each night: a new release may bring the holidays of another year."""
    return clocks.recompute()


@app.task
def reckon_hot_spots(key: str) -> bool:
    """Queued with its question; whether there is an answer."""
    return hotspots.reckon_hot_spots(key)


@app.periodic(cron="13 3 * * *")
@app.task
def forget_hot_spots(timestamp: int) -> int:
    """Every night; answers how many are gone."""
    return hotspots.forget_hot_spots()


@app.periodic(cron="43 2 * * *")
@app.task
def purge(timestamp: int) -> int:
    """Every night; answers how many things are gone whose period of keeping was over."""
    return sum(each.removed for each in retention.purge())
