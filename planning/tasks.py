"""What is done by itself, by the worker."""

from uuid import UUID

from procrastinate.contrib.django import app

from planning.services import choosing


@app.task(queue=choosing.QUEUE)
def run_selection(selection: str) -> bool:
    """Queued with its question; whether there is an answer."""
    return choosing.run(UUID(selection))


@app.periodic(cron="*/5 * * * *")
@app.task
def fail_lost_selections(timestamp: int) -> int:
    """Every five minutes; answers how many ended because their worker did."""
    return choosing.fail_lost()
