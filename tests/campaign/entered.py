"""Values as they are sent."""

from uuid import uuid4

from campaign.models import Indicator

VALUES = "/api/v1/campaign/values/"
INDICATORS = "/api/v1/campaign/indicators/"


def a_value(code: str, /, **changes) -> dict:
    """One of one where it is a rate, else one; a change to None leaves a member out."""
    indicator = Indicator.objects.get(code=code)
    body = {
        "indicator": indicator.pk,
        "numerator": 1,
        "denominator": 1 if indicator.unit == "%" else None,
        "measured_on": "2024-11-30",
        "source": "社区月报",
    } | changes
    return {name: value for name, value in body.items() if value is not None}


def enter(client, body: dict, id: object = None):
    return client.put(f"{VALUES}{id or uuid4()}/", body, format="json")
