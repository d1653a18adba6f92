"""The notice of 2024 as it is loaded, before anything is done about it."""

from collections.abc import Iterator

import pytest
from django.utils import translation

from campaign.models import Programme
from campaign.services.loading import load_actions
from tests.campaign.notice import NOTICE


@pytest.fixture
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def notice(db) -> Programme:
    load_actions()
    return Programme.objects.get(code=NOTICE)
