"""A company with a case in an estate, and folders that go again."""

import pytest

from inspections.models import Case, Series
from tests.factories import FindingFactory, case_of


@pytest.fixture(autouse=True)
def folders(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path / "photos"
    settings.UPLOADS_DIR = tmp_path / "uploads"
    settings.PAPER_FONTS_DIR = tmp_path / "fonts"


@pytest.fixture
def series(db) -> None:
    """As the office has them at first; a test that empties the tables takes them away."""
    codes = ("record", "青街查"), ("notice", "青街改"), ("recheck", "青街复")
    codes += (
        ("reminder", "青街提"),
        ("talk", "青街约"),
        ("bulletin", "青街通"),
        ("oversight", "青街督"),
    )
    rows = [Series(kind=kind, code=code) for kind, code in codes]
    Series.objects.bulk_create(rows, ignore_conflicts=True)


@pytest.fixture
def case(series, estate) -> Case:
    """A lamp that is out."""
    return case_of(FindingFactory(estate=estate), title="路灯不亮")
