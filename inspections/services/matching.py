"""How time and place in a photo's file lie to what was stated of it."""

from datetime import timedelta

import shapely

from geo.measure import distance_m
from inspections.models import Agreement, Photo, Taken

MOST_APART_M = 500
MOST_APART = timedelta(hours=1)
# A chosen photo may be from earlier that day.
MOST_APART_CHOSEN = timedelta(days=1)


def grade(photo: Photo) -> tuple[Agreement, Agreement]:
    """Place and time. Where the photo itself states nothing, its record's count; and of a chosen
    photo, whose place and time the tablet read from the file, they count alone. A resident's is
    held against where the matter is and when it came."""
    return _place(photo), _time(photo)


def _place(photo: Photo) -> Agreement:
    stated, accuracy_m = (None, None) if _chosen(photo) else (photo.location, photo.accuracy_m)
    if stated is None and photo.inspection:
        stated, accuracy_m = photo.inspection.location, photo.inspection.accuracy_m
    elif stated is None and photo.complaint:
        stated = photo.complaint.place
    if stated is None or photo.exif_location is None:
        return Agreement.UNKNOWN
    there = shapely.Point(photo.exif_location.coords)
    apart_m = distance_m(shapely.Point(stated.coords), there)
    # What lies beyond the projection's reach has no distance, and is no nearer for it.
    return _told(agrees=apart_m <= MOST_APART_M + (accuracy_m or 0))


def _time(photo: Photo) -> Agreement:
    chosen = _chosen(photo)
    stated = None if chosen else photo.taken_at
    if stated is None and photo.inspection:
        stated = photo.inspection.recorded_at
    elif stated is None and photo.complaint:
        stated = photo.complaint.received_at
    if stated is None or photo.exif_taken_at is None:
        return Agreement.UNKNOWN
    most = MOST_APART_CHOSEN if chosen else MOST_APART
    return _told(agrees=abs(stated - photo.exif_taken_at) <= most)


def _chosen(photo: Photo) -> bool:
    return photo.how == Taken.PICKER


def _told(*, agrees: bool) -> Agreement:
    return Agreement.AGREES if agrees else Agreement.DIFFERS
