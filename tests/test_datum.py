"""The shifted systems of Chinese maps, there and back."""

import json
from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo import datum
from geo.errors import DatumUnknown

METRES_PER_DEGREE = 111_320

SHARED = json.loads((Path(__file__).parent / "datum.json").read_text("utf-8"))

# The mainland and its islands, clear of the edge of the formula's box: next to that edge a shifted
# point may itself lie outside, where everything stays as it is.
in_china = st.tuples(st.floats(73.4, 135.2, allow_nan=False), st.floats(3.4, 53.6, allow_nan=False))


@pytest.mark.parametrize("pair", SHARED["pairs"], ids=[each["place"] for each in SHARED["pairs"]])
def test_known_points_shift_as_published(pair):
    """The tablet reads the same table. From the map provider itself: one metre apart from the
    published formula at most."""
    wgs84, gcj02, degrees = pair["wgs84"], pair["gcj02"], pair["degrees"]
    assert datum.wgs84_to_gcj02(wgs84) == pytest.approx(np.array(gcj02), abs=degrees)
    assert datum.gcj02_to_wgs84(gcj02) == pytest.approx(np.array(wgs84), abs=degrees)


@pytest.mark.parametrize(
    ("wgs84", "bd09", "degrees"),
    [
        ((118.5725, 24.81), (118.58339024, 24.81321964), 1e-7),
        ((118.6711365, 24.8770487), (118.6821251, 24.8804872), 1 / METRES_PER_DEGREE),
        ((118.0844471, 24.4824837), (118.0958639, 24.4861500), 1 / METRES_PER_DEGREE),
    ],
    ids=["qingyang", "quanzhou", "xiamen"],
)
def test_known_points_reach_baidu_as_published(wgs84, bd09, degrees):
    assert datum.wgs84_to_bd09(wgs84) == pytest.approx(np.array(bd09), abs=degrees)
    assert datum.bd09_to_wgs84(bd09) == pytest.approx(np.array(wgs84), abs=degrees)


def test_between_gcj02_and_baidu():
    assert datum.gcj02_to_bd09((116.404, 39.915)) == pytest.approx(
        np.array([116.41036949371029, 39.9213369935102]), abs=1e-9
    )
    # The published inverse takes one step and ends 5 cm away from where it should.
    assert datum.bd09_to_gcj02((116.404, 39.915)) == pytest.approx(
        np.array([116.39762729119315, 39.90865673957631]), abs=5e-7
    )


@given(in_china)
def test_there_and_back_ends_within_a_millimetre(point):
    for there, back in [
        (datum.wgs84_to_gcj02, datum.gcj02_to_wgs84),
        (datum.gcj02_to_bd09, datum.bd09_to_gcj02),
        (datum.wgs84_to_bd09, datum.bd09_to_wgs84),
        (datum.gcj02_to_wgs84, datum.wgs84_to_gcj02),
    ]:
        assert np.hypot(*(back(there(point)) - point)) * METRES_PER_DEGREE < 0.001


@given(in_china)
def test_the_projection_comes_back_within_a_millimetre(point):
    projected = datum.from_wgs84(point, "EPSG:4549")
    back = datum.to_wgs84(projected, "epsg:4549")
    assert np.hypot(*(back - point)) * METRES_PER_DEGREE < 0.001


@given(
    st.tuples(st.floats(-180, 180), st.floats(-90, 90)).filter(
        lambda at: not (72.004 <= at[0] <= 137.8347 and 0.8293 <= at[1] <= 55.8271)
    )
)
def test_outside_china_nothing_moves(point):
    for convert in (
        datum.wgs84_to_gcj02,
        datum.gcj02_to_wgs84,
        datum.gcj02_to_bd09,
        datum.bd09_to_gcj02,
        datum.wgs84_to_bd09,
        datum.bd09_to_wgs84,
    ):
        assert tuple(convert(point)) == point


@pytest.mark.slow
def test_a_million_points_are_what_each_of_them_would_be():
    points = np.random.default_rng(1).uniform((70, 0), (140, 57), (1_000_000, 2))
    some = slice(None, None, 50_000)
    for convert in (datum.wgs84_to_bd09, datum.bd09_to_wgs84):
        together = convert(points)[some]
        assert np.abs(together - [convert(point) for point in points[some]]).max() < 1e-11


def test_in_qingyang_the_shift_is_about_560_metres():
    points = np.random.default_rng(2).uniform((118.54, 24.77), (118.605, 24.83), (20_000, 2))
    moved = datum.wgs84_to_gcj02(points) - points
    metres = np.hypot(
        moved[:, 0] * METRES_PER_DEGREE * np.cos(np.radians(24.8)), moved[:, 1] * 110_770
    )
    assert (metres.min() > 558, metres.max() < 563) == (True, True)


def test_cgcs2000_is_taken_as_wgs84():
    assert tuple(datum.to_wgs84((118.5725, 24.81), "CGCS2000")) == (118.5725, 24.81)
    assert datum.to_wgs84((118.5725, 24.81), "EPSG:4490") == pytest.approx(
        np.array([118.5725, 24.81]), abs=1e-9
    )


@pytest.mark.parametrize(
    ("written", "name"),
    [("WGS-84", "wgs84"), ("gcj_02", "gcj02"), ("BD09", "bd09"), ("epsg:4549", "EPSG:4549")],
)
def test_a_datum_has_one_spelling(written, name):
    assert datum.known(written) == name


@pytest.mark.parametrize("written", ["", "mars", "EPSG:", "EPSG:999999", "/etc/passwd", "4326"])
def test_an_unknown_datum_is_refused(written):
    with pytest.raises(DatumUnknown):
        datum.known(written)


def test_a_shape_is_moved_with_its_holes():
    shape = shapely.box(118.57, 24.80, 118.58, 24.81).difference(
        shapely.box(118.573, 24.803, 118.576, 24.806)
    )
    moved = datum.shapes_to_wgs84(shape, "gcj02")
    assert len(moved.interiors) == 1
    assert shapely.get_coordinates(moved) == pytest.approx(
        datum.gcj02_to_wgs84(shapely.get_coordinates(shape)), abs=1e-12
    )
