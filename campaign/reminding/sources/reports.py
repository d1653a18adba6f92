"""Reports of a month that are to be submitted, and those that came back."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.conf import settings

from campaign.models import Programme, Report
from campaign.monthly.asked import Asked
from campaign.monthly.places import Whose as Reporting
from campaign.reminding.owed import Owed, Whose, officers_of, owed_by, within
from campaign.standing.monthly import OPEN, State, report_due_on
from geo.scope import Scope
from people.models import Role


@owed_by(Role.OFFICER, Role.UNIT)
def reports(day: date, scope: Scope) -> Iterator[Owed]:
    """Last month's, of every community and unit that is asked something; one that was returned,
    of whatever month."""
    month = (day.replace(day=1) - timedelta(days=1)).replace(day=1)
    programmes = list(Programme.objects.issued_by(day))
    for programme in programmes:
        among = programme if len(programmes) > 1 else None
        seen = Report.objects.visible_in(scope).filter(programme=programme)
        rows = seen.select_related("community", "unit")
        returned = [each for each in rows if each.state == State.RETURNED]
        for each in returned:
            whose = Reporting(community=each.community, unit=each.unit)
            yield _owed(each.month, whose, True, among)
        if month < programme.issued_on.replace(day=1):
            continue
        came = {
            (each.community_id, each.unit_id): State(each.state)
            for each in rows
            if each.month == month
        }
        for whose in Asked(scope, programme, month, day).reporting():
            place = (
                whose.community.pk if whose.community else None,
                whose.unit.pk if whose.unit else None,
            )
            state = came.get(place, State.DRAFT)
            if state in OPEN and state != State.RETURNED:
                yield _owed(month, whose, False, among)


def _owed(month: date, of: Reporting, returned: bool, among: Programme | None) -> Owed:
    """`among`: whose it is, where there are several programmes."""
    told = f"{month:%Y-%m}"
    zh, en = f"{month.year}年{month.month}月月报", f"monthly report of {told}"
    key = ""
    if among:
        zh, en, key = f"{zh}（{among.code}）", f"{en} ({among.code})", f":{among.pk}"
    if returned:
        zh, en = (
            f"{zh}（已退回，请更正后重交）",
            f"{en} (returned: correct it, submit again)",
        )
    if of.community:
        whose = officers_of(of.community.pk)
        where = of.community.name, of.community.name_en or of.community.name
        at = f"community={of.community.pk}"
    else:
        assert of.unit is not None
        whose, where = Whose(units=frozenset({of.unit.pk})), (of.unit.name, of.unit.name)
        at = f"unit={of.unit.pk}"
    return Owed(
        key=f"report:{told}:{at}{key}",
        due_on=report_due_on(month, settings.REPORT_DUE_DAYS),
        whose=whose,
        zh=f"{zh} · {where[0]}",
        en=f"{en[0].upper()}{en[1:]} · {where[1]}",
        path=within(among, f"/campaign/month/?month={told}&{at}"),
    )
