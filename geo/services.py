"""Every change of the register that is more than the editing of a row.

Who may make them is decided by the caller: geo knows no rights. Each is one transaction, and the
history tells who, what for, and what every row was before.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ParamSpec, TypeVar

import pghistory
from django.contrib.gis.geos import MultiPolygon
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from geo.errors import (
    AlreadyThere,
    NameTaken,
    NotTwins,
    ReasonMissing,
    RowInUse,
    RowMerged,
    RowRetired,
    SameRow,
    StillNeeded,
)
from geo.listeners import tell_restored, tell_retired
from geo.models import (
    Asset,
    Building,
    Change,
    Community,
    Estate,
    Exit,
    Gate,
    PropertyCompany,
    Survey,
)
from geo.models.register import Registered

P = ParamSpec("P")
T = TypeVar("T")
M = TypeVar("M", bound=Registered | PropertyCompany)
Tally = Counter[type[Model]]


@dataclass(slots=True)
class Outcome:
    """What was done: the row as it now is, and how many rows of which model went along.

    `moved` now belong to `row`; `retired` and `restored` changed with it; `merged` were found on
    both sides and are one now; `filled` are the fields that it took over from its twin.
    """

    row: Any
    moved: Tally = field(default_factory=Counter)
    retired: Tally = field(default_factory=Counter)
    restored: Tally = field(default_factory=Counter)
    merged: Tally = field(default_factory=Counter)
    filled: list[str] = field(default_factory=list)


Follower = Callable[[Any, Any], Mapping[type[Model], int]]
_followers: dict[type[Model], list[Follower]] = {}


def when_merged(model: type[Model], follower: Follower) -> None:
    """Have `follower(kept, twin)` called inside the transaction that merges two rows of `model`.

    It makes its own rows that point at the twin point at the kept one, and answers how many.
    Registered once, by the `AppConfig.ready` of the app that owns those rows.
    """
    known = _followers.setdefault(model, [])
    if follower not in known:
        known.append(follower)


def preview(service: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """What that service would answer. It is done and taken back, so that the counts are true."""
    with transaction.atomic():
        answer = service(*args, **kwargs)
        transaction.set_rollback(True)
    return answer


@transaction.atomic
def retire(*, row: M, by: Model, reason: str) -> Outcome:
    """Take a row out of use. What can't be in use without it goes out of use with it."""
    with _told(by, "retire", reason):
        (row,) = _locked(row)
        if row.retired_at is not None:
            raise RowRetired(row=row)
        needed = sum(rows.count() for rows in _needing(row))
        if needed:
            raise StillNeeded(row=row, count=needed)
        now = timezone.now()
        outcome = Outcome(row)
        for rows in _parts(row):
            gone = list(rows.filter(retired_at=None).values_list("pk", flat=True))
            outcome.retired[rows.model] += rows.filter(pk__in=gone).update(retired_at=now)
            tell_retired(rows.model, gone, reason)
        _save(row, retired_at=now)
        tell_retired(type(row), [row.pk], reason)
    return outcome


@transaction.atomic
def restore(*, row: M, by: Model, reason: str) -> Outcome:
    """Undo `retire`, for the row and for what went out of use with it."""
    with _told(by, "restore", reason):
        (row,) = _locked(row)
        since = row.retired_at
        if since is None:
            raise RowInUse(row=row)
        if into := getattr(row, "merged_into", None):
            raise RowMerged(row=row, into=into)
        for above in _above(row):
            if above.retired_at is not None:
                raise RowRetired(row=above)
        outcome = Outcome(row)
        _save(row, retired_at=None)
        for rows in _parts(row):
            back = list(rows.filter(retired_at=since).values_list("pk", flat=True))
            outcome.restored[rows.model] += rows.filter(pk__in=back).update(retired_at=None)
            tell_restored(rows.model, back, reason)
        tell_restored(type(row), [row.pk], reason)
    return outcome


@transaction.atomic
def confirm(*, row: M, by: Model, reason: str) -> Outcome:
    """Its shape was looked at, and is as it is drawn."""
    return _sure(row, by, "confirm", reason, unconfirmed=False)


@transaction.atomic
def doubt(*, row: M, by: Model, reason: str) -> Outcome:
    """Undo `confirm`."""
    return _sure(row, by, "doubt", reason, unconfirmed=True)


@transaction.atomic
def move_estate(*, estate: Estate, to: Community, by: Model, reason: str) -> Outcome:
    """The estate belongs to another community from now on, with all that is its own."""
    with _told(by, "move", reason):
        (estate,) = _locked(estate)
        (to,) = _locked(to)
        if estate.retired_at is not None:
            raise RowRetired(row=estate)
        if to.retired_at is not None:
            raise RowRetired(row=to)
        if estate.community_id == to.pk:
            raise AlreadyThere(row=estate, community=to)
        _save(estate, community=to)
        # The database moves them: their community is the estate's by foreign key.
        return Outcome(estate, moved=_belonging(estate))


@transaction.atomic
def merge_estates(*, kept: Estate, twin: Estate, by: Model, reason: str) -> Outcome:
    """Two rows are one estate: the twin's buildings, assets and records become the kept one's.

    A building or asset that both have by the same number or code is merged too. What the kept row
    does not say is taken from the twin; what it says stays. There is no way back but by hand.
    """
    with _told(by, "merge", reason):
        kept, twin = _twins(kept, twin)
        outcome = Outcome(kept)
        now = timezone.now()
        numbers = {each.number: each for each in kept.buildings.current()}
        for building in twin.buildings.current().filter(number__in=numbers):
            _merge_building(numbers[building.number], building, now)
            outcome.merged[Building] += 1
        coded = {(each.type, each.code): each for each in kept.assets.current().exclude(code="")}
        for asset in twin.assets.current().exclude(code=""):
            if same := coded.get((asset.type, asset.code)):
                _merge_asset(same, asset, now)
                outcome.merged[Asset] += 1
        known = kept.surveys.current().values("layer")
        twin.surveys.current().filter(layer__in=known).update(retired_at=now)
        of_estate = (twin.buildings, twin.assets, twin.gates, twin.surveys)
        for rows in (each.all() for each in of_estate):
            outcome.moved[rows.model] += rows.update(estate=kept, community=kept.community_id)
        outcome.moved[Building] -= outcome.merged[Building]
        outcome.moved[Asset] -= outcome.merged[Asset]
        outcome.moved += _follow(kept, twin)
        outcome.filled = _fill(kept, twin)
        Estate.objects.filter(merged_into=twin).update(merged_into=kept)
        _save(twin, retired_at=now, merged_into=kept)
        outcome.retired[Estate] = 1
    return outcome


@transaction.atomic
def merge_assets(*, kept: Asset, twin: Asset, by: Model, reason: str) -> Outcome:
    """Two rows are one thing: what was recorded at the twin was recorded at the kept one."""
    with _told(by, "merge", reason):
        if kept.estate:
            _locked(kept.estate)  # whoever is recording there finishes first
        kept, twin = _twins(kept, twin)
        if (kept.type, kept.community_id, kept.estate_id) != (
            twin.type,
            twin.community_id,
            twin.estate_id,
        ):
            raise NotTwins
        moved, filled = _merge_asset(kept, twin, timezone.now())
        return Outcome(kept, moved=moved, retired=Counter({Asset: 1}), filled=filled)


@transaction.atomic
def merge_companies(
    *, kept: PropertyCompany, twin: PropertyCompany, by: Model, reason: str
) -> Outcome:
    """Two rows are one company: the twin's estates and people become the kept one's."""
    with _told(by, "merge", reason):
        kept, twin = _twins(kept, twin)
        outcome = Outcome(kept)
        outcome.moved[Estate] = twin.estates.update(company=kept)
        outcome.moved += _follow(kept, twin)
        outcome.filled = _fill(kept, twin)
        _save(twin, retired_at=timezone.now())
        outcome.retired[PropertyCompany] = 1
    return outcome


@transaction.atomic
def merge_communities(*, kept: Community, twin: Community, by: Model, reason: str) -> Outcome:
    """Two communities become one: estates, assets and people go over, and the ground is joined.

    Estates in use of the same name in both are merged first, by hand: which is kept is a choice.
    """
    with _told(by, "merge", reason):
        kept, twin = _twins(kept, twin)
        outcome = Outcome(kept)
        names = kept.estates.current().values("name")
        if both := twin.estates.current().filter(name__in=names).first():
            raise NameTaken(row=both)
        outcome.moved[Estate] = twin.estates.update(community=kept)
        outcome.moved[Asset] = twin.assets.update(community=kept)
        outcome.moved += _follow(kept, twin)
        outcome.filled = _fill(kept, twin)
        if kept.geom and twin.geom and "geom" not in outcome.filled:
            joined = kept.geom.union(twin.geom)
            _save(kept, geom=MultiPolygon(joined) if joined.geom_type == "Polygon" else joined)
            outcome.filled.append("geom")
        _save(twin, retired_at=timezone.now())
        outcome.retired[Community] = 1
    return outcome


@transaction.atomic
def forget_changes() -> int:
    """Delete what no tablet asks for any more; answers how many rows."""
    gone, _ = Change.objects.outdated().delete()
    return gone


# ── inside ──────────────────────────────────────────────────────────────────────────────────────

# What a kept row takes from its twin where it says nothing itself.
_TAKEN: dict[type[Model], tuple[str, ...]] = {
    Estate: (
        "code",
        "address",
        "has_company",
        "company",
        "households",
        "ebikes",
        "height_class",
        "target_year",
        "geom",
    ),
    Building: ("floors", "height_m", "households"),
    Asset: ("code", "name", "owner", "width_m", "ports", "bays", "indoor"),
    PropertyCompany: ("credit_code", "contact", "phone"),
    Community: ("name_en", "note", "geom"),
}
# Unique among retired rows too: the twin must let go of it first.
_LET_GO: dict[str, str | None] = {"code": None, "credit_code": ""}
_NOTHING = (None, "", "unknown")


@contextmanager
def _told(by: Model, act: str, reason: str) -> Iterator[None]:
    if not reason.strip():
        raise ReasonMissing
    with pghistory.context(user=by.pk, act=act, reason=reason.strip()):
        yield


def _sure(row: M, by: Model, act: str, reason: str, *, unconfirmed: bool) -> Outcome:
    with _told(by, act, reason):
        (row,) = _locked(row)
        if row.retired_at is not None:
            raise RowRetired(row=row)
        _save(row, unconfirmed=unconfirmed)
    return Outcome(row)


def _locked(*rows: Any) -> list[Any]:
    """Rows of one model as they are now, in the order asked for; locked in one order by all."""
    known = type(rows[0])._base_manager.select_for_update().order_by("pk")
    found = known.in_bulk([row.pk for row in rows])
    return [found[row.pk] for row in rows]


def _twins(kept: M, twin: M) -> tuple[M, M]:
    if kept.pk == twin.pk:
        raise SameRow
    kept, twin = _locked(kept, twin)
    for row in (kept, twin):
        if row.retired_at is not None:
            raise RowRetired(row=row)
    return kept, twin


def _save(row: Model, **values: object) -> None:
    """Only these columns; a name or code in use elsewhere is refused by name."""
    for name, value in values.items():
        setattr(row, name, value)
    try:
        row.validate_constraints()
    except ValidationError as e:
        raise NameTaken(row=row) from e
    row.save(update_fields=list(values))


def _parts(row: Model) -> list[Any]:
    """Rows that can't be in use without this one."""
    if isinstance(row, Estate):
        return [
            Exit.objects.filter(building__estate=row),
            Building.objects.filter(estate=row),
            Asset.objects.filter(estate=row),
            Gate.objects.filter(estate=row),
            Survey.objects.filter(estate=row),
        ]
    if isinstance(row, Building):
        return [Exit.objects.filter(building=row)]
    return []


def _needing(row: Model) -> list[Any]:
    """Rows in use that keep this one in use."""
    if isinstance(row, Community):
        return [row.estates.current(), row.assets.current().filter(estate=None)]
    if isinstance(row, PropertyCompany):
        return [row.estates.filter(retired_at=None)]
    return []


def _above(row: Model) -> list[Any]:
    """Rows without which this one can't be in use."""
    if isinstance(row, Exit):
        return [row.building]
    if isinstance(row, Building | Gate | Survey):
        return [row.estate]
    if isinstance(row, Asset):
        return [row.community, *([row.estate] if row.estate else [])]
    if isinstance(row, Estate):
        return [row.community, *([row.company] if row.company else [])]
    return []


def _belonging(estate: Estate) -> Tally:
    """How many rows of which model carry this estate's community because they are the estate's."""
    tally: Tally = Counter()
    history = set(pghistory.core.event_models())
    for relation in Estate._meta.related_objects:
        model = relation.related_model
        if model in history or not isinstance(model, type) or model is Estate:
            continue
        if any(each.name == "community" for each in model._meta.fields):
            tally[model] += model._base_manager.filter(**{relation.field.name: estate}).count()
    return +tally


def _follow(kept: Model, twin: Model) -> Tally:
    tally: Tally = Counter()
    for follower in _followers.get(type(kept), []):
        tally.update(follower(kept, twin))
    return +tally


def _merge_building(kept: Building, twin: Building, now: datetime) -> None:
    twin.exits.update(building=kept)
    _follow(kept, twin)
    _fill(kept, twin)
    _save(twin, retired_at=now)


def _merge_asset(kept: Asset, twin: Asset, now: datetime) -> tuple[Tally, list[str]]:
    moved = _follow(kept, twin)
    Asset.objects.filter(merged_into=twin).update(merged_into=kept)
    _save(twin, retired_at=now, merged_into=kept)
    return moved, _fill(kept, twin)


def _fill(kept: Model, twin: Model) -> list[str]:
    """Take over from the twin what the kept row does not say; answers which fields."""
    filled: dict[str, object] = {}
    for name in _TAKEN[type(kept)]:
        value = getattr(twin, name)
        if getattr(kept, name) not in _NOTHING or value in _NOTHING:
            continue
        if name == "company" and not getattr(kept, "has_company", None):
            continue  # the kept row says that it has none
        filled[name] = value
        setattr(kept, name, value)
        if name in _LET_GO and not isinstance(kept, Asset):
            _save(twin, **{name: _LET_GO[name]})
    if "geom" in filled:
        for name in ("unconfirmed", "src_datum", "src_file"):
            filled[name] = getattr(twin, name)
    if filled:
        _save(kept, **filled)
    return [name for name in filled if name in _TAKEN[type(kept)]]
