"""How a position lies to the estate, and what the register knows that a rule may ask."""

from geo.models import HeightClass
from geo.placing import Place
from inspections.kind import Facts
from inspections.models import Placed

# No receiver among buildings is truer than this, whatever it says of itself.
LEAST_MARGIN_M = 10.0
# A position this vague tells nothing about an estate of 200 m.
MOST_MARGIN_M = 1000.0
NEAR_M = 100.0
HIGH_RISE_M = 27.0  # Order no. 5 of the emergency ministry: residential buildings over 27 m


def grade(distance_m: float | None, accuracy_m: float | None) -> Placed:
    """Graded, never blocked: the estate's shape may be wrong, and so may the receiver."""
    margin_m = max(accuracy_m or 0.0, LEAST_MARGIN_M)
    if distance_m is None or margin_m > MOST_MARGIN_M:
        return Placed.UNKNOWN
    if distance_m <= margin_m:
        return Placed.ON_SITE
    return Placed.NEAR if distance_m <= margin_m + NEAR_M else Placed.FAR


def facts_of(place: Place) -> Facts:
    """None: the register does not know."""
    return Facts(
        high_rise=_high_rise(place),
        height_m=place.tallest_m,
        indoor=place.indoor,
        ports=place.ports,
        bays=place.bays,
        ebikes=place.ebikes,
        area_m2=place.area_m2,
    )


def _high_rise(place: Place) -> bool | None:
    if place.tallest_m is not None and place.tallest_m > HIGH_RISE_M:
        return True
    return {
        HeightClass.HIGH.value: True,
        HeightClass.MIXED.value: True,
        HeightClass.LOW.value: False,
    }.get(place.height_class)
