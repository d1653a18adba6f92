"""Places where a site might stand, and which of them are weighed where there are too many."""

import shapely

from planning.checking import Surroundings
from planning.services.choosing.candidates import Place, Thinned, candidates

NOTHING = Surroundings({}, {})
SIZE = {"grid_m": 25.0, "ports": 10, "bays": 4}


def ground(id: int, east: float, north: float, side_m: float) -> Place:
    return Place(id, id, shapely.box(east, north, east + side_m, north + side_m))


def ids(found) -> set[str]:
    return {each.id for each in found.candidates}


# Twelve by twelve places, and one by one.
LARGE, SMALL = ground(1, 10, 10, 300), ground(2, 1010, 10, 30)


def test_a_place_of_the_grid_is_named_by_its_metres():
    found = candidates([SMALL], [], NOTHING, [], **SIZE)
    assert (ids(found), found.thinned) == ({"g2:1025:25"}, [])


def test_the_grid_is_widened_where_there_are_the_most_places():
    all_of_them = candidates([LARGE, SMALL], [], NOTHING, [], **SIZE)
    assert (len(ids(all_of_them)), all_of_them.thinned) == (145, [])
    fewer = candidates([LARGE, SMALL], [], NOTHING, [], most=50, **SIZE)
    assert fewer.thinned == [Thinned(1, 50.0, 144, 36)]
    assert len(ids(fewer)) == 37
    assert ids(fewer) < ids(all_of_them)
    assert "g2:1025:25" in ids(fewer)
    fewest = candidates([LARGE, SMALL], [], NOTHING, [], most=10, **SIZE)
    assert fewest.thinned == [Thinned(1, 100.0, 144, 9)]


def test_a_place_that_is_named_stays():
    fewer = candidates([LARGE], [], NOTHING, [], most=50, named={"g1:75:75"}, **SIZE)
    assert (len(ids(fewer)), "g1:75:75" in ids(fewer)) == (37, True)


def test_as_many_are_left_in_each_of_two_estates_alike():
    other = ground(3, 2010, 10, 300)
    fewer = candidates([LARGE, other], [], NOTHING, [], most=100, **SIZE)
    assert fewer.thinned == [Thinned(1, 50.0, 144, 36), Thinned(3, 50.0, 144, 36)]
