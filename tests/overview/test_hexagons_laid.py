"""Hexagons tile the plane: every point is in exactly one, wherever the view begins."""

import numpy as np
import shapely
from hypothesis import given
from hypothesis import strategies as st

from inspections.honest.hexagons import covering, hexagon_of, middles, rings

EDGE_M = 150.0
METRES = st.floats(-5e6, 5e6)


@given(METRES, METRES)
def test_a_point_is_in_the_hexagon_whose_middle_is_nearest(east, north):
    point = np.array([[east, north]])
    (own,) = hexagon_of(point, EDGE_M)
    around = own + np.array([(0, 0), (1, 0), (-1, 0), (0, 1), (0, -1), (1, -1), (-1, 1)])
    apart = np.hypot(*(middles(around, EDGE_M) - point).T)
    assert apart[0] <= apart.min() + 1e-6
    assert apart[0] <= EDGE_M + 1e-6


def test_hexagons_cover_the_ground_and_each_of_it_once():
    box = (648_900.0, 2_740_950.0, 650_100.0, 2_742_000.0)
    laid = covering(box, EDGE_M)
    assert len(np.unique(laid, axis=0)) == len(laid)
    shapes = shapely.polygons(rings(laid, EDGE_M))
    ground = shapely.box(*box)
    assert shapely.union_all(shapes).buffer(1e-3).contains(ground)
    shared = shapely.area(shapely.intersection(shapes, ground)).sum()
    assert abs(shared - ground.area) < 1
    np.testing.assert_allclose(shapely.area(shapes), 1.5 * 3**0.5 * EDGE_M**2)


def test_each_of_many_points_is_in_the_one_it_is_told_to_be_in():
    points = np.random.default_rng(5).random((500, 2)) * 2000 + (649_000, 2_741_000)
    shapes = shapely.polygons(rings(hexagon_of(points, EDGE_M), EDGE_M))
    assert shapely.contains_xy(shapely.buffer(shapes, 1e-6), points).all()
