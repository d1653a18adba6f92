"""The parts of a pack: rows as features, and what is always told whole."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

import orjson
from django.db import connection
from django.db.models import Count
from django.http import QueryDict
from django.utils import timezone

from geo.models import Estate
from inspections import reports, services
from inspections.api.filters import Told
from inspections.api.layers import Layer
from inspections.api.lists import features
from inspections.api.pack import calendar
from inspections.api.pack.changed import Ids
from inspections.api.pack.rechecks import RECHECKS
from inspections.api.pack.told import FINDINGS, REGISTER
from inspections.models import Finding, Photo
from inspections.services import Published
from inspections.services.many import each_of
from people.api.views import told as told_of
from people.models import User

# What is cut off is fetched anew: a part is some hundreds of kilobytes on the line at most.
ROWS_A_PART = 10_000
MOST_PHOTOS = 3
_NOTHING = Told(QueryDict())

Feature = dict[str, Any]


def register(
    user: User, communities: Collection[int], changed: Ids | None
) -> Iterator[tuple[str, bytes]]:
    """Rows as they are, of all or of those that changed, and which of these are gone."""
    for layer, path in REGISTER:
        told, gone = _rows(layer, user, {f"{path}__in": communities}, changed)
        for body in _bodies(told, gone, begin=changed is None):
            yield layer.name, body


def findings(
    user: User, communities: Collection[int], changed: Ids | None
) -> tuple[list[bytes], dict[str, int]]:
    """Open ones, with the photos they show and how large each is."""
    told, gone = _rows(FINDINGS, user, {"community__in": communities}, changed)
    ids = None if changed is None else [each["id"] for each in told]
    photos, again = _photos(communities, ids), _seen_again(communities, ids)
    sizes: dict[str, int] = {}
    for each in told:
        properties = each["properties"]
        shown = photos.get((properties["inspection"], properties["item"]), [])
        if len(shown) < MOST_PHOTOS:
            shown = shown + photos.get((properties["inspection"], ""), [])
        properties["photos"] = shown[:MOST_PHOTOS]
        properties["sightings"] = again.get(UUID(each["id"]), 0)
        for photo in properties["photos"]:
            sizes[photo["id"]] = photo["bytes"]
    return list(_bodies(told, gone, begin=changed is None)), sizes


def rechecks(
    user: User, communities: Collection[int], changed: Ids | None
) -> tuple[list[bytes], dict[str, int]]:
    """Cases to look at again or to put right, with their photos from before and after."""
    told, gone = _rows(RECHECKS, user, {"community__in": communities}, changed)
    sizes = {
        photo["id"]: photo["bytes"] or 0
        for each in told
        for photo in each["properties"]["before"] + each["properties"]["after"]
    }
    return list(_bodies(told, gone, begin=changed is None)), sizes


def wholes(
    user: User, communities: Collection[int], published: Sequence[Published]
) -> Iterator[tuple[str, bytes]]:
    """What is short, and told whole whenever something of it is other than it was."""
    today = timezone.localdate()
    yield (
        "kinds",
        _whole(
            {
                "id": each.slug,
                "version": each.version,
                "sha256": each.sha256,
                **each.kind.describe(),
            }
            for each in published
        ),
    )
    yield "looked", _whole(_looked(user, communities, [each.slug for each in published]))
    yield "rounds", _whole(reports.rounds_of(user, today))
    yield "people", _whole([{"id": user.pk, **told_of(user)}])
    yield "calendar", _json({**calendar.told(today), "rows": [], "gone": []})


def _rows(
    layer: Layer, user: User, where: dict[str, Any], changed: Ids | None
) -> tuple[list[Feature], list[Any]]:
    rows = layer.current(layer.rows(user), _NOTHING, user).filter(**where)
    if changed is None:
        return features(layer, rows.order_by("pk"), _NOTHING), []
    ids = changed[layer.name]
    if not ids:
        return [], []
    told = features(layer, rows.filter(pk__in=ids).order_by("pk"), _NOTHING)
    there = {each["id"] for each in told}
    names = {str(each) if isinstance(each, UUID) else each for each in ids}
    return told, sorted(names - there)


def _bodies(told: list[Feature], gone: list[Any], *, begin: bool) -> Iterator[bytes]:
    """None where nothing changed; of all, one even where there is nothing."""
    if not (told or gone or begin):
        return
    yield _json({"rows": told[:ROWS_A_PART], "gone": gone})
    for at in range(ROWS_A_PART, len(told), ROWS_A_PART):
        yield _json({"rows": told[at : at + ROWS_A_PART], "gone": []})


def _photos(
    communities: Collection[int], ids: list[str] | None
) -> dict[tuple[str, str], list[dict[str, Any]]]:
    """By inspection and item; those that speak of the whole record under no item."""
    open_ones = Finding.objects.in_force().open().filter(community__in=communities)
    if ids is not None:
        open_ones = open_ones.filter(pk__in=each_of(ids))
    rows = Photo.objects.filter(
        small_bytes__isnull=False, inspection__in=open_ones.values("inspection")
    )
    found: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    columns = rows.order_by("taken_at", "pk").values_list("inspection", "item", "pk", "small_bytes")
    for inspection, item, pk, size in columns:
        small = f"/api/v1/photos/{pk}/small.jpg"
        found[str(inspection), item].append({"id": str(pk), "small": small, "bytes": size})
    return found


def _seen_again(communities: Collection[int], ids: list[str] | None) -> Mapping[UUID, int]:
    if ids is not None:
        return services.times_seen_again(UUID(each) for each in ids)
    rows = Finding.objects.filter(
        same_as__isnull=False, inspection__in_force=True, community__in=communities
    )
    return dict(rows.order_by().values_list("same_as").annotate(n=Count("pk")))


_LOOKED = """
SELECT estate || ':' || kind, estate, kind, last.at
FROM unnest(%s::bigint[]) AS estate CROSS JOIN unnest(%s::text[]) AS kind
CROSS JOIN LATERAL (
    SELECT i.recorded_at AS at FROM inspections_inspection AS i
    WHERE i.estate_id = estate AND i.kind = kind.kind AND i.in_force
    ORDER BY i.recorded_at DESC LIMIT 1
) AS last
ORDER BY estate, kind
"""


def _looked(user: User, communities: Collection[int], kinds: list[str]) -> list[dict[str, object]]:
    """When each estate was last inspected by each kind."""
    estates = Estate.objects.visible_to(user).current().filter(community__in=communities)
    with connection.cursor() as cursor:
        cursor.execute(_LOOKED, [list(estates.values_list("pk", flat=True)), kinds])
        names = ("id", "estate", "kind", "at")
        return [dict(zip(names, row, strict=True)) for row in cursor]


def _whole(rows: Any) -> bytes:
    return _json({"rows": list(rows), "gone": []})


def _json(told: object) -> bytes:
    return orjson.dumps(told, option=orjson.OPT_UTC_Z)
