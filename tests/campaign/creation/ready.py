"""An estate that was looked at and assessed, and walks through the stages: through the doors that
everybody uses, on the days before today."""

from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from campaign.models import Enrolment, Standard
from tests.campaign.creation import sent
from tests.records import a_record, put

# Everything that the standard is bound to, in order; there is no central charging place.
ANSWERS = {
    "fire_lane": {
        **dict.fromkeys(("XF-01", "XF-02", "XF-10", "XF-13", "XF-15"), False),
        **dict.fromkeys(("XF-16", "XF-17", "XF-18", "XF-19", "XF-20"), False),
        "XF-03": 4.5,
    },
    "ebike_charging": {
        **dict.fromkeys(("DC-01", "DC-02", "DC-04", "DC-06"), False),
        **dict.fromkeys(("DC-07", "DC-08", "DC-14", "DC-15"), "not_applicable"),
    },
    "lighting": dict.fromkeys(("ZM-01", "ZM-04", "ZM-06", "ZM-09"), False),
    "environment": dict.fromkeys(("HJ-03", "HJ-05", "HJ-06"), False),
}
# So many days before today.
STAGES = (("S2", 40), ("S3", 36), ("S4", 27), ("S5", 20), ("S6", 18), ("S7", 14), ("S8", 9),
          ("S9", 6))  # fmt: skip


def ago(days: int) -> str:
    return str(timezone.localdate() - timedelta(days=days))


def at(days: int) -> str:
    return (timezone.now() - timedelta(days=days)).isoformat()


def seen(client, estate, days: int, **answers) -> None:
    """By every kind; answers by kind beside those that are in order."""
    for kind, told in ANSWERS.items():
        body = a_record(
            estate, kind=kind, recorded_at=at(days), answers=told | answers.get(kind, {})
        )
        reply = put(client, body)
        assert reply.status_code == 201, reply.json()


def graded(client, row: Enrolment, form: str, days: int, **grades: str) -> None:
    """All is met, but for what is told."""
    asked = Standard.objects.get(version=sent.VERSION).described.graded
    told = dict.fromkeys(asked, "met")
    told |= {code.replace("_", "-"): grade for code, grade in grades.items()}
    body = sent.a_sheet(row, form, ago(days))
    body["answers"] = {code: {"grade": grade} for code, grade in told.items()}
    reply = sent.fill(client, body)
    assert reply.status_code == 201, reply.json()


def walked(as_user, estate, to: str = "S9") -> Enrolment:
    """On the list for 50 days, and in that stage."""
    clerk, inspector = as_user("clerk"), as_user("inspector")
    row = sent.enrolled(clerk, estate, id=uuid4(), enrolled_on=ago(50))
    if to == "S1":
        return row
    seen(inspector, estate, 30)
    graded(as_user("company"), row, "self", 22)
    for stage, days in STAGES:
        if stage == "S7":
            graded(inspector, row, "review", days)
        if stage == "S8":
            graded(as_user("supervisor"), row, "recheck", days, C1_03="partly")
        reply = sent.reach(clerk, row, stage, ago(days))
        assert reply.status_code == 201, reply.json()
        if stage == to:
            break
    return row
