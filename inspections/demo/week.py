"""The days around the one on which the record stands: rounds, a leave, tablets, and what was found
missing in the register and waits for the clerk."""

import hashlib
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import numpy as np
from django.contrib.gis.geos import Point
from django.utils import timezone

from geo.models import Asset, AssetType, Datum, Estate
from geo.srid import WGS84
from inspections.demo.ground import dice
from inspections.demo.people import Walker
from inspections.demo.register import Entered
from inspections.models import Proposal, Round
from inspections.services.content import canonical
from people.models import Device, Leave, PositionDatum, User

MOST_ESTATES = 8
MEGABYTE = 1_000_000
# Metres of a degree at 24.8° north, to stand something a little beside something else.
_METRE = 1 / 101_100


def live(seed: int, entered: Entered, walkers: list[Walker], until: date) -> None:
    """Everything is counted from `until`, so that the same wishes give the same rows."""
    chance = dice(seed, "week")
    supervisor = User.objects.get(username="supervisor")
    inspector, *others, helper = walkers
    # The helper walks every fourth community, so also that of whoever walks the fifth alone.
    away = next(each for each in others if set(each.communities) <= set(helper.communities))
    Leave.objects.create(
        person=away.user,
        stand_in=helper.user,
        since=until - timedelta(days=1),
        until=until + timedelta(days=3),
    )
    for row, estates in _rounds(entered, inspector, away, helper, until):
        row.given_by = supervisor
        row.given_at = _moment(row.since - timedelta(days=2), 16)
        row.save()
        row.estates.set(estates)
    devices = _devices(chance, [inspector.user, away.user, others[-1].user], until)
    Device.objects.bulk_create(devices)
    _propose(chance, entered, inspector, devices[0], until)


def _rounds(
    entered: Entered, inspector: Walker, away: Walker, helper: Walker, until: date
) -> Iterator[tuple[Round, list[Estate]]]:
    def of(walker: Walker, at: int = 0) -> list[Estate]:
        inside = [each for each in entered.estates if each.community_id == walker.communities[at]]
        return inside[:MOST_ESTATES]

    def days(since: int, to: int) -> dict[str, date]:
        return {"since": until + timedelta(days=since), "until": until + timedelta(days=to)}

    lanes, sheds, lamps = ["fire_lane"], ["ebike_charging"], ["lighting"]
    yield (
        Round(name="消防车通道月查", inspector=inspector.user, kinds=lanes, **days(-20, 10)),
        of(inspector),
    )
    yield (
        Round(
            name="充电棚夜查",
            inspector=inspector.user,
            kinds=sheds,
            note="晚上八点以后去",
            **days(-6, 4),
        ),
        of(inspector, 1),
    )
    yield Round(name="路灯季查", inspector=away.user, kinds=lamps, **days(-10, 8)), of(away)
    yield (
        Round(
            name="通道与充电联查",
            inspector=helper.user,
            kinds=[*sheds, *lanes],
            shared=True,
            **days(-3, 11),
        ),
        of(helper)[:4],
    )
    yield (
        Round(name="节前照明检查", inspector=inspector.user, kinds=lamps, **days(7, 20)),
        of(inspector),
    )
    yield (
        Round(name="上月路灯检查", inspector=inspector.user, kinds=lamps, **days(-45, -15)),
        of(inspector, 1),
    )


def _devices(chance: np.random.Generator, users: list[User], until: date) -> list[Device]:
    """One in order, one with work left on it and a clock that is wrong, one that was lost."""
    evening = _moment(until - timedelta(days=1), 18)
    common = {"storage_quota": 8_000 * MEGABYTE, "user_agent": "Chrome/120 Android 13"}
    said: tuple[dict[str, Any], ...] = (
        {"name": "平板01(演示)", "app_version": "2", "position_datum": PositionDatum.WGS84},
        {
            "name": "平板02(演示)",
            "app_version": "1",
            "unsent": 3,
            "unsent_bytes": 14 * MEGABYTE,
            "clock_offset_s": -187.0,
            "position_datum": PositionDatum.GCJ02,
        },
        {
            "name": "平板03(演示)",
            "app_version": "1",
            "revoked_at": evening - timedelta(days=2),
            "last_contact_at": evening - timedelta(days=9),
        },
    )
    return [
        Device(
            **{
                "id": UUID(bytes=chance.bytes(16), version=4),
                "person": user,
                "first_seen_at": evening - timedelta(days=90),
                "last_contact_at": evening - timedelta(hours=n),
                "persisted": True,
                "clock_offset_s": 0.4,
                "storage_used": (120 + 40 * n) * MEGABYTE,
                **common,
                **each,
            }
        )
        for n, (user, each) in enumerate(zip(users, said, strict=True))
    ]


def _propose(
    chance: np.random.Generator, entered: Entered, walker: Walker, device: Device, until: date
) -> None:
    """A lamp 4 m from one that is known, one that is new, and a hydrant."""
    estates = [each for each in entered.estates if each.community_id == walker.communities[0]]
    wishes = (
        (AssetType.LIGHT, "lights", "LD-201", 4.0, "灯杆编号看不清，可能已有"),
        (AssetType.LIGHT, "lights", "LD-202", 19.0, "北门旁新装的路灯"),
        (AssetType.HYDRANT, "hydrants", "XH-21", 11.0, "绿化带里，登记册没有"),
    )
    for number, (estate, (type, layer, code, apart_m, note)) in enumerate(
        zip(estates, wishes, strict=False), 1
    ):
        beside = Asset.objects.filter(estate=estate, type=type).order_by("pk").first()
        middle = estate.geom.point_on_surface if estate.geom else Point(0, 0)
        where = beside.geom if beside else middle
        point = Point(round(where.x + apart_m * _METRE, 7), round(where.y, 7), srid=WGS84)
        recorded = _moment(until - timedelta(days=number), 10)
        id = UUID(bytes=chance.bytes(16), version=4)
        content = {
            "layer": layer,
            "estate": estate.pk,
            "code": code,
            "geometry": {"type": "Point", "coordinates": [point.x, point.y]},
            "note": note,
            "recorded_at": recorded.isoformat().replace("+00:00", "Z"),
            "device": str(device.pk),
            "number": number,
        }
        asset = Asset.objects.create(
            type=type,
            community_id=estate.community_id,
            estate=estate,
            code=code,
            geom=point,
            proposed=id,
            unconfirmed=True,
            src_datum=Datum.DRAWN,
        )
        Proposal.objects.create(
            id=id,
            layer=layer,
            community_id=estate.community_id,
            estate=estate,
            asset=asset,
            sender=walker.user,
            recorded_at=recorded,
            received_at=recorded + timedelta(hours=2),
            content=content,
            content_sha256=hashlib.sha256(canonical(content)).hexdigest(),
            device=device.pk,
            number=number,
        )


def _moment(day: date, hour: int) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour))).astimezone(UTC)
