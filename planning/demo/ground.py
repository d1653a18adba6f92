"""What sites are checked against and walked to: gates, neighbours, and which layers are drawn
completely where. Flagged unconfirmed as all of the town."""

from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from geo.models import Estate, Gate, SensitivePlace, Survey
from inspections.demo.additions import Made
from inspections.demo.copying import create, follow_on
from inspections.demo.ground import dice, pick
from inspections.demo.register import SCHEMATIC
from inspections.demo.town import Estate as Planned

# Of so many estates all is drawn; of the others, nobody knows of some layers.
SURVEYED = 0.8
LAYERS = (
    *("lanes", "operation_areas", "buildings", "exits", "hydrants"),
    *("sensitive_places", "paths", "gates"),
)
NAMES = {
    "kindergarten": "幼儿园",
    "care_home": "养老服务站",
    "school": "小学",
    "ward": "卫生服务站",
}
# Of so many estates, one has such a neighbour under its roofs.
NEIGHBOUR = 0.22


def enter(made: Made) -> None:
    estates, town = made.entered.estates, made.entered.town
    gates = [
        (
            Gate(
                community_id=estate.community_id,
                estate=estate,
                name=gate.name,
                open_to=gate.open_to,
                **SCHEMATIC,
            ),
            gate.place,
        )
        for estate, ways in zip(estates, town.ways, strict=True)
        for gate in ways.gates
    ]
    create([row for row, _ in gates], [place for _, place in gates])
    chance = dice(made.seed, "neighbours")
    places = [
        each
        for estate, planned in zip(estates, town.estates, strict=True)
        for each in _neighbours(estate, planned, chance)
    ]
    create([row for row, _ in places], [shape for _, shape in places])
    drawn = [each.paths is not None for each in town.ways]
    surveys = list(_surveys(made.seed, estates, drawn, made.until))
    for number, survey in enumerate(surveys, 1):
        survey.pk = number
    Survey.objects.bulk_create(surveys)
    follow_on(Survey._meta.db_table, len(surveys) + 1)


def _neighbours(
    estate: Estate, planned: Planned, chance: np.random.Generator
) -> Iterator[tuple[SensitivePlace, BaseGeometry]]:
    """On the ground floor of one of the buildings, or a door of it."""
    if chance.random() >= NEIGHBOUR:
        return
    kind = pick(chance, {"kindergarten": 5, "care_home": 3, "school": 1, "ward": 2})
    building = planned.inside.buildings[int(chance.integers(len(planned.inside.buildings)))]
    outline: Polygon = building.outline
    shape = building.exits[0] if kind == "ward" and building.exits else MultiPolygon([outline])
    yield SensitivePlace(kind=kind, name=f"{estate.name}{NAMES[kind]}", **SCHEMATIC), shape


def _surveys(
    seed: int, estates: list[Estate], paths_drawn: list[bool], until: date
) -> Iterator[Survey]:
    chance = dice(seed, "surveys")
    for estate, paths in zip(estates, paths_drawn, strict=True):
        on = until - timedelta(days=int(chance.integers(20, 400)))
        whole = chance.random() < SURVEYED
        for layer in LAYERS:
            known = whole or chance.random() < 0.5
            if known and (layer != "paths" or paths):
                yield Survey(
                    community_id=estate.community_id,
                    estate=estate,
                    layer=layer,
                    on=on,
                    by="演示",
                )
