"""The commands that load files, in English, and a file as it comes from the office."""

import io

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import translation

from tests.factories import CommunityFactory, square
from tests.files_in.written import ground, write_vector


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def community(db):
    return CommunityFactory(name="陈村社区", code="350582001008", geom=square(118.54, 24.77, 0.02))


@pytest.fixture
def elsewhere(db):
    """The next community to the east."""
    return CommunityFactory(name="象山社区", code="350582001014", geom=square(118.56, 24.77, 0.02))


@pytest.fixture
def load():
    """Runs load_places; returns what it wrote to stdout and to stderr."""

    def run(path, layer, *options):
        out, err = io.StringIO(), io.StringIO()
        call_command("load_places", str(path), "--layer", layer, *options, stdout=out, stderr=err)
        return out.getvalue(), err.getvalue()

    return run


@pytest.fixture
def refused(load):
    """What load_places says when it refuses."""

    def run(path, layer, *options):
        with pytest.raises(CommandError) as error:
            load(path, layer, *options)
        assert error.value.returncode == 1
        return str(error.value)

    return run


@pytest.fixture
def gbk_shapefile(tmp_path, community):
    features = [
        (ground(community), {"小区名称": "洪宅垵花园", "所属社区": "陈村社区", "户数": "320"}),
        (ground(community, east=0.01), {"小区名称": "象峰小区", "所属社区": "陈村", "户数": "96"}),
    ]
    path = write_vector(
        tmp_path / "小区.shp", features, "EPSG:4490", "ESRI Shapefile", encoding="GB18030"
    )
    path.with_suffix(".cpg").unlink()
    return path
