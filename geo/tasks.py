"""What the worker does for the register by itself."""

from procrastinate.contrib.django import app

from geo import basemap, services


@app.periodic(cron="41 3 * * *")
@app.task
def forget_changes(timestamp: int) -> int:
    """Every night; answers how many rows are gone."""
    return services.forget_changes()


@app.periodic(cron="* * * * *")
@app.task
def draw_basemap(timestamp: int) -> bool:
    """Each minute: anew once communities and roads are other than drawn, and no longer at work.
    Answers whether it was drawn."""
    quiet = basemap.quiet_seconds() > basemap.QUIET_SECONDS
    return quiet and not basemap.is_current() and basemap.make() is not None
