"""The pictures that people look at, made by the worker once record and bytes are both here."""

from uuid import UUID

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone, translation

from inspections.errors import PhotoCut, PhotoTooLarge, PhotoUnreadable
from inspections.models import Photo
from inspections.pictures.deriving import Cut, derive

# What its lines are read from.
TOGETHER = (
    "inspection__estate",
    "inspection__building",
    "proposal__estate",
    "move__case__estate",
    "complaint__estate",
    "complaint__case",
    "sender",
)


def make(id: UUID) -> Photo | None:
    """As often as it is asked for, once. None where there is nothing to make, or it is made.

    A photo that can't be decoded stays held, for its bytes are what was sent, and says so in
    `problem`. Raises NoFont.
    """
    photo = Photo.objects.unmade().filter(pk=id).select_related(*TOGETHER).first()
    if photo is None:
        return None
    try:
        with photo.open_original() as file:
            told = lines_of(photo), lines_of(photo, named=False)
            small, large, unnamed = derive(file, photo.found_type, *told)
    except Cut:
        photo.problem = PhotoCut.code
    except (PhotoUnreadable, PhotoTooLarge) as refusal:
        photo.problem = refusal.code
    else:
        write(photo.small, small)
        write(photo.large, large)
        write(photo.unnamed, unnamed)
        photo.small_bytes, photo.large_bytes = len(small), len(large)
        photo.made_at = timezone.now()
    photo.save(update_fields=["problem", "small_bytes", "large_bytes", "made_at"])
    return photo


def lines_of(photo: Photo, *, named: bool = True) -> list[str]:
    """What the picture says of itself, in the office's language; who took it only if `named`."""
    with translation.override("zh-hans"):
        who = _who(photo) if named else ""
        lines = (_where(photo), [_when(photo), who], _at(photo))
        return [" · ".join(filter(None, line)) for line in lines]


def _who(photo: Photo) -> str:
    """Nobody who complained is named, and who took the complaint took no picture."""
    if photo.complaint:
        return translation.gettext("from a resident")
    return photo.sender.name or photo.sender.username


def _where(photo: Photo) -> list[str]:
    record = photo.inspection
    if record is not None:
        building = record.building.number if record.building else ""
        return [record.estate.name, building, record.floor, record.zone]
    if photo.move:
        case = photo.move.case
        return [case.estate.name if case.estate else "", f"#{case.number}"]
    if photo.complaint:
        estate, case = photo.complaint.estate, photo.complaint.case
        return [estate.name if estate else "", f"#{case.number}"]
    return [photo.proposal.estate.name] if photo.proposal and photo.proposal.estate else []


def _when(photo: Photo) -> str:
    record = photo.inspection or photo.proposal or photo.move
    at = photo.taken_at or (record and record.recorded_at)
    return timezone.localtime(at).strftime("%Y-%m-%d %H:%M:%S") if at else ""


def _at(photo: Photo) -> list[str]:
    here, accuracy_m, source = photo.location, photo.accuracy_m, photo.get_location_source_display()
    if here is None and photo.inspection:
        record = photo.inspection
        here, accuracy_m = record.location, record.accuracy_m
        source = record.get_location_source_display()
    place = f"{here.y:.5f}, {here.x:.5f}" if here else translation.gettext("no position")
    if accuracy_m is not None:
        place += f" ±{accuracy_m:.0f} m"
    # The end of a record's id: its beginning is the time, alike for all of an hour.
    return [place, str(source), f"#{photo.entry.hex[-8:].upper()}"]


def write(name: str, body: bytes) -> None:
    """In the store under that name, whatever stood there."""
    default_storage.delete(name)
    default_storage.save(name, ContentFile(body))
