"""Two property companies side by side, each with all that a company can have; what is the other's
bears marks that can be searched for."""

import uuid
from dataclasses import dataclass, field
from typing import Any

from django.core.files.storage import default_storage

from geo.models import Asset, Estate
from inspections import tasks
from inspections.models import Case, Finding, Move, Paper, Photo
from tests import tus
from tests.cases import a_move, made, put_move
from tests.evidence.worlds import named, recorded, upload
from tests.factories import AssetFactory, BuildingFactory
from tests.papers.desk import a_notice, issued, rendered
from tests.pictures import photo as picture


@dataclass
class Neighbour:
    """What one company has. `marks`: words that stand in nothing of anybody else's; `ids`: names
    of rows; `numbers`: rows of the register; `files`: hashes of everything in the store."""

    estate: Estate
    asset: Asset
    case: Case
    marks: set[str]
    ids: set[str] = field(default_factory=set)
    above: set[str] = field(default_factory=set)
    numbers: set[int] = field(default_factory=set)
    files: set[str] = field(default_factory=set)


def settle(as_user, estate: Estate, person: str, mark: str, size: int) -> Neighbour:
    """A case that went all the way to its answer, one that a resident opened, a paper, photos of
    before and after, a masked copy. Every word that is told of them bears the mark."""
    asset = AssetFactory(estate=estate, code=f"{mark}灯", name=f"{mark}灯名")
    building = BuildingFactory(estate=estate, number=f"{mark}栋")
    before, after = picture(size=(size, 300)), picture(size=(size + 1, 300))
    shot = named(before, item="ZM-01", name=f"{mark}.jpg")
    inspection = recorded(
        as_user("inspector"), estate, (shot, before), asset=asset.pk, zone=f"{mark}区"
    )
    tasks.make_derivatives(photo=shot["id"])
    finding = Finding.objects.get(inspection=inspection)
    case = finding.case
    supervisor, company = as_user("supervisor"), as_user(person)
    made(supervisor, case, "file")
    made(supervisor, case, "assign", handler={"kind": "company"}, note=f"{mark}请尽快")
    complaints = [
        complain(as_user("officer"), estate, mark, join=str(case.pk)),
        complain(as_user("officer"), estate, mark),
    ]
    other = Case.objects.get(pk=Case.id_of(complaints[1]))
    made(supervisor, other, "file")
    made(supervisor, other, "assign", handler={"kind": "company"}, note=f"{mark}请处理")
    made(company, case, "claim", note=f"{mark}已接收")
    made(company, case, "ask_extension", note=f"{mark}要多两天")
    made(supervisor, case, "refuse_extension", note=f"{mark}不行")
    back = uuid.uuid4()
    taken = named(after, pair=shot["id"], name=f"{mark}2.jpg")
    reply = put_move(
        company, case, a_move(case, "hand_back", note=f"{mark}修好", photos=[taken]), back
    )
    assert reply.status_code == 201, reply.json()
    upload(company, back, taken, after)
    tasks.make_derivatives(photo=taken["id"])
    masked = uuid.uuid4()
    boxes = [{"left": 0.1, "top": 0.1, "width": 0.3, "height": 0.3}]
    reply = as_user("inspector").put(
        f"/api/v1/photos/{shot['id']}/masked/{masked}/", {"boxes": boxes}, format="json"
    )
    assert reply.status_code == 201, reply.json()
    paper = rendered(issued(supervisor, a_notice(case)))
    return Neighbour(
        estate=estate,
        asset=asset,
        case=case,
        marks={mark, estate.name, estate.company.name},
        ids={
            str(each)
            for each in (
                *(inspection, finding.pk, case.pk, other.pk, paper.pk, masked),
                *complaints,
                *Move.objects.filter(case__in=[case, other]).values_list("pk", flat=True),
                *(shot["id"], taken["id"]),
            )
        },
        above={str(case.pk), str(other.pk), shot["id"], taken["id"]},
        numbers={estate.pk, asset.pk, building.pk, estate.company_id},
        files=stored(paper, [shot["id"], taken["id"]], masked),
    )


def complain(client, estate, mark: str, **more: Any) -> uuid.UUID:
    id = uuid.uuid4()
    body = {
        "channel": "phone",
        "title": f"{mark}路灯不亮",
        "text": f"{mark}楼下路灯坏了很久",
        "place_told": f"{mark}门口",
        "estate": estate.pk,
        "received_at": "2024-11-30T10:00:00+08:00",
        "complainant": {"name": f"{mark}人", "phone": f"139{mark}", "address": f"{mark}家"},
    } | more
    reply = client.put(f"/api/v1/complaints/{id}/", body, format="json")
    assert reply.status_code == 201, reply.json()
    return id


def stored(paper: Paper, photos: list[str], masked: uuid.UUID) -> set[str]:
    rows = Photo.objects.filter(pk__in=photos)
    names = [name for row in rows for name in (row.original, row.small, row.large, row.unnamed)]
    copies = [copy.file for row in rows for copy in row.masked.all()]
    assert copies
    found = set()
    for name in (*names, *copies, paper.pdf, paper.docx):
        with default_storage.open(name) as file:
            found.add(tus.sha256(file.read()))
    return found
