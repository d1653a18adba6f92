"""How far it is on foot, in towns drawn by hand: metres east and north."""

import numpy as np
import pytest
from shapely import LineString, box

from planning.walking import Assumptions, By, Estate, Gate, Ground, walks

STREET = LineString([(0, 0), (200, 0)])


def walk(ground, door, site, home=-1, limit=np.inf):
    found = walks(
        ground,
        np.array([door], float),
        np.array([0]),
        np.array([home]),
        np.array([site], float),
        limit,
    )
    return float(found.metres[0, 0]), By(found.by[0, 0])


def test_along_the_path_with_the_steps_to_it():
    corner = LineString([(0, 0), (100, 0), (100, 100)])
    ground = Ground([corner], [], [])
    assert walk(ground, (0, 10), (110, 100)) == (10 + 200 + 10, By.PATHS)


def test_the_shorter_of_two_paths():
    around = LineString([(0, 0), (0, 50), (200, 50), (200, 0)])
    ground = Ground([STREET, around], [], [])
    assert walk(ground, (0, 0), (200, 0)) == (200.0, By.PATHS)


def test_paths_that_cross_are_joined():
    ground = Ground([STREET, LineString([(100, -50), (100, 50)])], [], [])
    assert walk(ground, (0, 0), (100, 50)) == (150.0, By.PATHS)


def test_straight_with_a_detour_where_no_path_is_near():
    ground = Ground([STREET], [], [], Assumptions(snap_m=50, detour=1.3))
    assert walk(ground, (0, 100), (100, 100)) == (130.0, By.STRAIGHT)


def test_straight_where_the_paths_do_not_meet():
    ground = Ground([STREET, LineString([(0, 40), (200, 40)])], [], [])
    # Door and site each on its own path, 40 m apart.
    assert walk(ground, (100, 0), (100, 40)) == (52.0, By.STRAIGHT)


def test_nobody_goes_to_the_path_to_come_back():
    ground = Ground([STREET], [], [])
    assert walk(ground, (100, 30), (110, 30)) == (13.0, By.STRAIGHT)


# An estate of 100 m by 100 m above the street, with a lane from its middle down over the edge.
WALLED = Estate(7, box(50, 10, 150, 110))
LANE = LineString([(100, 0), (100, 60)])


def test_a_path_is_cut_at_the_edge_of_an_estate_away_from_its_gates():
    gate = Gate(7, (150, 60))
    ground = Ground([STREET, LANE], [WALLED], [gate])
    # The lane crosses the edge where no gate is: out by the gate in the east, straight.
    east = np.hypot(50, 0) + np.hypot(50, 60)
    metres, by = walk(ground, (100, 60), (100, 0), home=7)
    assert (metres, by) == (pytest.approx(1.3 * east, abs=0.01), By.GATES)


def test_a_gate_lets_through_where_it_stands():
    ground = Ground([STREET, LANE], [WALLED], [Gate(7, (100, 10))])
    metres, by = walk(ground, (100, 60), (0, 0), home=7)
    assert (metres, by) == (pytest.approx(160.0, abs=0.2), By.PATHS)


def test_without_gates_nobody_knows_of_a_wall():
    ground = Ground([STREET, LANE], [WALLED], [])
    assert walk(ground, (100, 60), (0, 0), home=7) == (160.0, By.PATHS)


def test_a_gate_for_residents_lets_residents_through_and_nobody_else():
    ground = Ground([STREET, LANE], [WALLED], [Gate(7, (100, 10), "residents")])
    assert walk(ground, (100, 60), (0, 0), home=7)[1] is By.PATHS
    assert walk(ground, (0, 0), (100, 60), home=3)[0] == np.inf


def test_a_closed_gate_lets_nobody_through():
    ground = Ground([STREET, LANE], [WALLED], [Gate(7, (100, 10), "closed")])
    assert walk(ground, (100, 60), (0, 0), home=7)[0] == np.inf


def test_inside_the_wall_it_is_straight_where_no_path_is_near():
    ground = Ground([STREET], [WALLED], [Gate(7, (100, 10))])
    assert walk(ground, (60, 100), (140, 100), home=7) == (104.0, By.STRAIGHT)


def test_from_one_walled_estate_into_another_by_a_gate_of_each():
    other = Estate(8, box(250, 10, 350, 110))
    gates = [Gate(7, (150, 60)), Gate(8, (250, 60))]
    ground = Ground([], [WALLED, other], gates)
    assert walk(ground, (100, 60), (300, 60), home=7) == (1.3 * 200, By.GATES)


def test_the_nearest_door_counts():
    ground = Ground([STREET], [], [])
    found = walks(
        ground,
        np.array([[0, 0], [150, 0], [20, 0]], float),
        np.array([0, 0, 1]),
        np.array([-1, -1]),
        np.array([[200, 0]], float),
    )
    assert found.metres.tolist() == [[50.0], [180.0]]


def test_what_is_farther_than_the_limit_is_not_reached():
    assert walk(Ground([STREET], [], []), (0, 0), (200, 0), limit=199.0)[0] == np.inf
