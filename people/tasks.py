"""What is done by itself, by the worker."""

from procrastinate.contrib.django import app

from people import services


@app.periodic(cron="23 3 * * *")
@app.task
def forget_sign_ins(timestamp: int) -> int:
    """Every night; answers how many rows of old sign-ins are gone."""
    return services.forget_sign_ins()
