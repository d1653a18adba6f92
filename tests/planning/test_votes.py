"""Owners' votes are counted exactly: 民法典 art. 278."""

from dataclasses import asdict
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.life import Count, Share

# Of three owners of 300 m² two take part with 200 m², of four quarters three agree.
CARRIED = Count(
    heads=300,
    area_m2=Decimal("30000.00"),
    heads_took_part=200,
    area_took_part_m2=Decimal("20000.00"),
    heads_agreed=150,
    area_agreed_m2=Decimal("15000.00"),
)


@pytest.mark.parametrize(
    ("changed", "missed"),
    [
        ({}, ()),
        ({"heads": 301}, (Share.HEADS_TOOK_PART,)),
        ({"area_m2": Decimal("30000.01")}, (Share.AREA_TOOK_PART,)),
        ({"heads_agreed": 149}, (Share.HEADS_AGREED,)),
        ({"area_agreed_m2": Decimal("14999.99")}, (Share.AREA_AGREED,)),
        ({"heads_took_part": 201}, (Share.HEADS_AGREED,)),
        ({"area_took_part_m2": Decimal("20000.01")}, (Share.AREA_AGREED,)),
        (
            {"heads": 0, "heads_took_part": 0, "heads_agreed": 0},
            (Share.HEADS_TOOK_PART, Share.HEADS_AGREED),
        ),
    ],
)
def test_a_share_is_reached_at_its_fraction_and_not_a_hundredth_below(changed, missed):
    count = Count(**asdict(CARRIED) | changed)
    assert count.missed == missed
    assert count.carried is (not missed)


@given(
    whole=st.integers(1, 10**6),
    part=st.integers(0, 10**6),
    agreed=st.integers(0, 10**6),
)
def test_heads_are_counted_as_fractions(whole, part, agreed):
    count = Count(
        heads=whole,
        area_m2=Decimal(whole),
        heads_took_part=part,
        area_took_part_m2=Decimal(part),
        heads_agreed=agreed,
        area_agreed_m2=Decimal(agreed),
    )
    took, agree = Fraction(part, whole), Fraction(agreed, part) if part else Fraction(0)
    assert count.carried is (took >= Fraction(2, 3) and agree >= Fraction(3, 4))
