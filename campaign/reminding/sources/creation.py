"""What estates on their way to the standard still lack, by whom and by when."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from campaign.creation.missing import Missing, Whom
from campaign.models import Enrolment, Programme
from campaign.reminding.owed import Owed, Whose, owed_by
from campaign.reports.creation.listing import listed
from geo.scope import Scope
from people.models import Role

# Companies see nothing of the campaign but their own sheet: the community's officer sees to it
# that they bring what is theirs. Whoever has a case in hand has it in their own list.
_ROLES = {
    Whom.COMPANY: Role.OFFICER,
    Whom.INSPECTOR: Role.INSPECTOR,
    Whom.SUPERVISOR: Role.SUPERVISOR,
}


@owed_by(*_ROLES.values(), Role.CLERK)
def creation(day: date, scope: Scope) -> Iterator[Owed]:
    """One line for an estate and those who owe: how many things, and which of them first."""
    for programme in Programme.objects.issued_by(day):
        rows = Enrolment.objects.visible_in(scope).filter(programme=programme).listed_by(day)
        told, _pace, _target = listed(list(rows.select_related("estate")), programme, day)
        for each in told:
            estate = each.enrolled.row.estate
            by: dict[Whom, list[Missing]] = defaultdict(list)
            for lack in each.missing:
                if lack.by is not None and lack.whom != Whom.HANDLER:
                    by[lack.whom].append(lack)
            for whom, lacks in by.items():
                first = min(lacks, key=lambda lack: lack.by or date.max)
                assert first.by is not None
                role = _ROLES.get(whom)
                place = (Role.CLERK, None) if role is None else (role, estate.community_id)
                n = len(lacks)
                yield Owed(
                    key=f"creation:{each.enrolled.row.pk}:{whom}",
                    due_on=first.by,
                    whose=Whose(roles=frozenset({place})),
                    zh=f"安全标准化创建 · {estate.name} · 缺{n}项：{first.zh}",
                    en=f"Safety standard · {estate.name} · {n} missing: {first.en}",
                    path=f"/campaign/standardisation/{each.enrolled.row.pk}/",
                )
