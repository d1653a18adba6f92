"""What belongs to a case, as the files of its sealed file.

Records and moves stand in it to the byte as they were hashed when they came: the hash that a
tablet was given as its receipt is the hash of a file here. Originals are named by theirs.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.files.storage import default_storage
from django.db.models import Q

from inspections.models import Case, Inspection, MaskedCopy, Paper, Photo
from inspections.pictures.looking import ENDINGS
from inspections.services import content
from inspections.services.evidence import manifest, page, pairs
from inspections.services.evidence.archive import Part
from inspections.services.evidence.manifest import Absent
from inspections.services.evidence.rows import People
from people.models import User


@dataclass(slots=True)
class Contents:
    parts: dict[str, Part] = field(default_factory=dict)
    absent: list[Absent] = field(default_factory=list)

    def write(self, path: str, body: bytes, stated: str = "") -> None:
        self.parts[path] = Part.of(path, body, stated)

    def tell(self, path: str, told: Any) -> None:
        self.write(path, manifest.canonical(told))

    def store(self, path: str, name: str, *, sha256: str = "", bytes: int = 0) -> bool:
        """What stands in the store under that name, and whether it does."""
        try:
            size = default_storage.size(name)
        except FileNotFoundError:
            self.absent.append(Absent(path, bytes, sha256, "lost"))
            return False
        self.parts[path] = Part(path, size, lambda: default_storage.open(name, "rb"), sha256)
        return True


def of_case(case: Case, *, at: datetime, by: User) -> Contents:
    """Read under the case's lock: no move comes between."""
    held, people = Contents(), People()
    findings = list(case.findings.order_by("recorded_at", "pk"))
    roots = Inspection.objects.filter(findings__in=findings).values("root")
    records = list(
        Inspection.objects.filter(root__in=roots)
        .select_related("inspector", "estate")
        .order_by("recorded_at", "pk")
    )
    moves = list(case.moves.select_related("by").order_by("received_at", "pk"))
    papers = list(case.papers.order_by("issued_at", "pk"))
    photos = list(_photos(case, records, papers, {each.item for each in findings}))
    complaints = list(case.complaints.order_by("received_at", "pk"))
    pictures = pairs.pictures_of(case)

    held.tell("case.json", people.plain(case))
    held.tell("findings.json", [people.plain(each) for each in findings])
    held.tell("complaints.json", [people.plain(each) for each in complaints])
    held.tell("holds.json", [people.plain(each) for each in case.holds.order_by("since", "pk")])
    _sent(held, people, "inspections", records)
    _sent(held, people, "moves", moves)
    _papers(held, people, papers)
    files = _pictures(held, people, photos)
    held.tell("pairs.json", [_pair(each) for each in pictures.pairs])
    rows = [case, *findings, *complaints, *papers]
    history = [
        {"of": row._meta.model_name, "id": str(row.pk), "changes": people.history(row)}
        for row in rows
    ]
    held.tell("history.json", history)
    held.tell("people.json", people.told())
    told = page.Told(
        case, at, by, findings, records, moves, papers, complaints, pictures, photos, files
    )
    held.write("index.html", page.written(told, held.absent))
    return held


def _photos(
    case: Case, records: Iterable[Inspection], papers: Iterable[Paper], items: set[str]
) -> Iterable[Photo]:
    of_case = Q(move__case=case) | Q(complaint__case=case) | Q(paper__in=list(papers))
    of_case |= Q(inspection__in=list(records), item__in=[*items, ""])
    rows = Photo.objects.filter(of_case).select_related("inspection", "move", "sender")
    return rows.order_by("taken_at", "pk")


def _sent(held: Contents, people: People, folder: str, rows: Iterable[Any]) -> None:
    """Each as it was sent, and together what became of it."""
    told = []
    for row in rows:
        columns = people.plain(row)
        body = content.canonical(columns.pop("content"))
        # What Xuntu did itself nobody sent.
        held.write(f"{folder}/{row.pk}.json", body, row.content_sha256)
        told.append(columns | {"file": f"{folder}/{row.pk}.json"})
    held.tell(f"{folder}.json", told)


def _papers(held: Contents, people: People, papers: Iterable[Paper]) -> None:
    told = []
    for paper in papers:
        files = []
        for ending, name in (("pdf", paper.pdf), ("docx", paper.docx)):
            path = f"papers/{paper.kind}-{paper.year}-{paper.number}.{ending}"
            if name and held.store(path, name):
                files.append(path)
        told.append(people.plain(paper) | {"said_as": str(paper), "files": files})
    held.tell("papers.json", told)


def _pictures(held: Contents, people: People, photos: Iterable[Photo]) -> dict[str, dict[str, str]]:
    """By the photo's id, where in the file each of its pictures stands."""
    told, files = [], {}
    for photo in photos:
        known = _files(held, photo)
        files[str(photo.pk)] = known
        columns = people.plain(photo)
        columns.pop("original")
        told.append(columns | {"files": known})
    copies = MaskedCopy.objects.filter(photo__in=list(photos)).order_by("made_at", "pk")
    masked = []
    for copy in copies:
        path = f"masked/{copy.pk}.jpg"
        if held.store(path, copy.file, sha256=copy.sha256, bytes=copy.bytes):
            files[str(copy.photo_id)]["masked"] = path
        masked.append(people.plain(copy) | {"file": path})
    held.tell("photos.json", told)
    held.tell("masked.json", masked)
    return files


def _files(held: Contents, photo: Photo) -> dict[str, str]:
    # One file for what several records show: a correction names its record's photos again.
    original = f"originals/{photo.sha256}.{ENDINGS.get(photo.found_type or photo.type, 'bin')}"
    files = {}
    if photo.original:
        if original in held.parts or held.store(
            original, photo.original, sha256=photo.sha256, bytes=photo.bytes
        ):
            files["original"] = original
    else:
        why = "purged" if photo.purged_at else "waited_for"
        gone = Absent(original, photo.bytes, photo.sha256, why)
        if gone not in held.absent:
            held.absent.append(gone)
    for what, name in (("large", photo.large), ("small", photo.small)):
        path = f"photos/{photo.pk}.{what}.jpg"
        if photo.made_at and held.store(path, name):
            files[what] = path
    return files


def _pair(pair: pairs.Pair) -> dict[str, Any]:
    return {
        "before": str(pair.before.pk),
        "after": str(pair.after.pk),
        "confirmed": pair.confirmed,
        "distance_m": pair.distance_m,
        "bearing": pair.bearing,
        "accuracy_m": pair.accuracy_m,
        "minutes": pair.minutes,
    }
