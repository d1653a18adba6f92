"""What the worker does for the record by itself."""

from procrastinate.contrib.django import app

from inspections.api.pack import kept


@app.periodic(cron="17 * * * *")
@app.task
def forget_packs(timestamp: int) -> int:
    """Each hour; answers how many parts of packs are gone."""
    return kept.forget()
