"""Cases as a list: what is asked for in the address, and what is told of each."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import Case, CharField, Exists, F, OuterRef, When
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter

from geo.prepared import Prepared
from inspections import models, policy
from inspections.api.cases.properties import CaseProperties
from inspections.api.filters import Told, severities_told
from inspections.api.layers import COMMUNITY, ESTATE, ITEM, KIND, Layer, overdue
from inspections.board_figures import CASE_FIGURES
from inspections.case_filter import STATUSES, CaseFilter, Counted
from inspections.clocks import STEP_OF
from inspections.models import Source
from inspections.services.many import each_told, ids_as_text
from inspections.workflow import State
from people.models import Membership, User

MOST_SEARCHED = 100

Box = tuple[float, float, float, float]

FILTERS = (
    OpenApiParameter("state", str, many=True, enum=list(State)),
    OpenApiParameter(
        "status",
        str,
        enum=list(STATUSES),
        description=_(
            "overdue: the whole case; late: its step; lapsed: put aside until a day that is over"
        ),
    ),
    OpenApiParameter("source", str, many=True, enum=Source.values),
    OpenApiParameter("severity", int, many=True, enum=[1, 2, 3]),
    KIND,
    ITEM,
    COMMUNITY,
    ESTATE,
    OpenApiParameter("company", int, many=True, description=_("in these companies' hands")),
    OpenApiParameter("unit", int, many=True, description=_("in these units' hands")),
    OpenApiParameter("number", int, many=True),
    OpenApiParameter("since", str, description=_("reported from this day on: 2024-11-30")),
    OpenApiParameter("until", str, description=_("reported to this day, included")),
    OpenApiParameter(
        "q", str, description=_("part of the matter, the estate's name or a number outside")
    ),
    OpenApiParameter("mine", bool, description=_("what one has in hand, oneself or with others")),
    OpenApiParameter(
        "undecided",
        bool,
        description=_("a move that came late, or an extension, waits for a decision"),
    ),
    OpenApiParameter(
        "figure",
        str,
        enum=list(CASE_FIGURES),
        description=_("the rows behind a figure of the board; since and until are its period"),
    ),
    OpenApiParameter(
        "holds", bool, description=_("those that the figure counts, or those that it does not")
    ),
    OpenApiParameter("as_of", str, description=_("as the figure stood at the end of this day")),
)
FILTER_NAMES = frozenset(each.name for each in FILTERS)


def cases_told(told: Told, user: User) -> CaseFilter:
    """What the address narrows cases by; what of it can't be read is in `told.wrong`."""
    since, until = told.period()
    q = told.text("q")
    if len(q) > MOST_SEARCHED:
        told.wrong["q"] = _t("At most %d characters.") % MOST_SEARCHED
    mine = told.yes_or_no("mine")
    if mine is False:
        told.wrong["mine"] = _t("1, or left out.")
    counted = _counted(told)
    return CaseFilter(
        states=told.some_of("state", list(State)),
        status=told.one_of("status", STATUSES),
        sources=told.some_of("source", Source.values),
        severities=severities_told(told),
        kinds=told.texts("kind"),
        items=told.texts("item"),
        communities=told.numbers("community"),
        estates=told.numbers("estate"),
        companies=told.numbers("company"),
        units=told.numbers("unit"),
        numbers=told.numbers("number"),
        since=since,
        until=until,
        q=q,
        mine=policy.hands_of(user) if mine else None,
        undecided=told.yes_or_no("undecided"),
        counted=counted,
    )


def _counted(told: Told) -> Counted | None:
    figure, day = told.one_of("figure", CASE_FIGURES), told.day("as_of")
    holds = told.yes_or_no("holds")
    if not figure:
        for name in ("as_of", "holds"):
            if told.query.get(name):
                told.wrong.setdefault(name, _t("Only with a figure."))
        return None
    return Counted(figure, day or timezone.localdate(), holds)


class Cases(Layer):
    name, one = "cases", "case"
    id_type = UUID
    properties = CaseProperties
    also: ClassVar[dict[str, str]] = {
        "handled": "handler",
        "company": "company_id",
        "company_name": "company__name",
        "unit": "unit_id",
        "unit_name": "unit__name",
        "person": "person_told",
        "person_name": "person_name_told",
    }
    shape = "place"
    order = ("-number",)
    filters = FILTERS

    def rows(self, user: User) -> Any:
        return self.as_told(models.Case.objects.visible_to(user), user)

    def as_told(self, rows: Any, user: User) -> Any:
        return told_to(policy.sees_names(user), rows)

    def asked_for(self, rows: Any, wanted: CaseFilter, box: Box | None = None) -> Any:
        rows = rows.matching(wanted)
        return rows.in_box(*box, shape=self.shape) if box else rows

    def complete(self, page: list[dict[str, Any]], told: Told) -> None:
        counts = {id: each for id, *each in _COUNTED.ask(ids_as_text(each["id"] for each in page))}
        for each in page:
            each["findings"], each["complaints"], each["undecided"] = counts[each["id"]]
            each["step"] = STEP_OF.get(State(each["state"]))
            each["paused"] = each["state"] == State.SUSPENDED
            each["handler"] = _handler(each)


def told_to(names: bool, rows: Any, at: datetime | None = None) -> Any:
    """Whether each is overdue or late now, or at that moment, and who is asked: who sees no names,
    as a company's people, is told those of their own."""
    told: dict[str, Any] = {
        "person_told": F("person__username"),
        "person_name_told": F("person__name"),
    }
    if not names:
        own = Membership.objects.filter(user=OuterRef("person"), company=OuterRef("company"))
        told = {
            name: Case(When(Exists(own), then=each), default=None, output_field=CharField())
            for name, each in told.items()
        }
    return rows.annotate(
        is_overdue=overdue(at=at),
        is_late=overdue(deadline="step_due_at", at=at),
        **told,
    )


_IDS = str(object())
_COUNTED = Prepared(
    lambda: models.Case.objects.filter(pk__in=each_told(_IDS)).with_counts().order_by(), [_IDS]
)


def _handler(each: dict[str, Any]) -> dict[str, Any] | None:
    kind = each.pop("handled")
    known = {
        "company": (each.pop("company"), each.pop("company_name")),
        "unit": (each.pop("unit"), each.pop("unit_name")),
        "community": (each["community"], each["community_name"]),
    }
    person = {"person": each.pop("person"), "person_name": each.pop("person_name")}
    if not kind:
        return None
    id, name = known[kind]
    return {"kind": kind, "id": id, "name": name, **person}


CASES = Cases()
