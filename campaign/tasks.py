"""What is done by itself, by the worker."""

from django.utils import timezone
from procrastinate.contrib.django import app

from campaign import reminding


@app.periodic(cron="*/5 * * * *")
@app.task
def remind(timestamp: int) -> int:
    """Every five minutes, for the first out of the quiet hours of a working day; how many letters
    were written now."""
    return reminding.remind(timezone.now())


@app.task
def send_letters() -> int:
    """Queued with the letters; answers how many were sent."""
    return reminding.deliver()


@app.periodic(cron="* * * * *")
@app.task
def send_due_letters(timestamp: int) -> bool:
    """Each minute: those whose turn to be tried again has come; whether there are any."""
    return reminding.due_letters(timezone.now())
