"""The background of the tablets' map: one file, drawn when communities or roads are other."""

import gzip
import os
from hashlib import sha256
from io import BytesIO, StringIO
from threading import Thread

import mapbox_vector_tile
import pytest
from django.contrib.gis.geos import LineString, MultiLineString
from django.core.management import call_command
from django.db import connections
from django.utils import timezone
from pmtiles.reader import Reader, all_tiles
from pmtiles.tile import Compression, TileType

from config import health
from geo import basemap, tasks
from geo.models import Community, Road, WriteCount
from tests.factories import CommunityFactory, EstateFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def drawn_here(settings, tmp_path) -> None:
    settings.DATA_DIR = tmp_path


@pytest.fixture
def road(community) -> Road:
    west, south, east, north = community.geom.extent
    line = LineString((west, south), (east, north))
    return Road.objects.create(name="泉安路", rank=1, geom=MultiLineString(line, srid=4326))


@pytest.fixture
def drawn(community, road) -> basemap.Made:
    made = basemap.make()
    assert made is not None
    return made


def tiles_of(made: basemap.Made) -> tuple[dict, dict]:
    """The header, and by z, x, y what stands in each tile."""
    body = made.path.read_bytes()

    def at(offset: int, length: int) -> bytes:
        return body[offset : offset + length]

    reader = Reader(at)
    tiles = {
        place: mapbox_vector_tile.decode(gzip.decompress(tile)) for place, tile in all_tiles(at)
    }
    return reader.header(), tiles


def test_the_file_holds_communities_and_roads_and_nothing_of_estates(drawn, community):
    EstateFactory(community=community)
    header, tiles = tiles_of(drawn)
    assert (header["tile_type"], header["tile_compression"]) == (TileType.MVT, Compression.GZIP)
    assert {z for z, _, _ in tiles} == set(range(8, 15))
    assert {layer for tile in tiles.values() for layer in tile} == {"communities", "roads"}
    west, south, east, north = (round(each * 1e7) for each in community.geom.extent)
    assert header["min_lon_e7"] < west < east < header["max_lon_e7"]
    assert header["min_lat_e7"] < south < north < header["max_lat_e7"]
    (first,) = [tile for (z, _, _), tile in tiles.items() if z == 8]
    (line,) = first["roads"]["features"]
    assert line["properties"] == {"name": "泉安路", "rank": 1}
    (area,) = first["communities"]["features"]
    assert area["properties"]["name"] == "陈村社区"


def test_it_is_called_by_its_content(drawn, tmp_path):
    body = drawn.path.read_bytes()
    assert drawn.path == tmp_path / "basemaps" / f"{sha256(body).hexdigest()}.pmtiles"
    assert drawn.bytes == len(body)
    assert basemap.newest() == drawn
    assert basemap.make() == drawn


def test_the_pack_names_the_newest(as_user, community, drawn):
    def told() -> dict:
        asked = {"community": community.pk}
        return as_user("inspector").get("/api/v1/pack/", asked).json()["basemap"]

    assert told() == {
        "url": f"/api/v1/basemap/{drawn.sha256}.pmtiles",
        "bytes": drawn.bytes,
        "sha256": drawn.sha256,
    }
    Road.objects.update(rank=3)
    newer = basemap.make()
    assert newer is not None
    assert told()["sha256"] == newer.sha256 != drawn.sha256
    # Whoever is in the midst of fetching the older one may go on.
    assert as_user("inspector").get(f"/api/v1/basemap/{drawn.sha256}.pmtiles").status_code == 200


def got(reply) -> bytes:
    return b"".join(reply.streaming_content) if reply.streaming else reply.content


def test_it_is_fetched_whole_or_in_pieces(as_user, drawn):
    body, client = drawn.path.read_bytes(), as_user("inspector")
    url, size = f"/api/v1/basemap/{drawn.sha256}.pmtiles", drawn.bytes
    whole = client.get(url)
    assert (whole.status_code, got(whole)) == (200, body)
    assert whole["Content-Type"] == "application/vnd.pmtiles"
    assert whole["Content-Length"] == str(size)
    assert (whole["Accept-Ranges"], whole["ETag"]) == ("bytes", f'"{drawn.sha256}"')
    assert "immutable" in whole["Cache-Control"]
    assert "private" in whole["Cache-Control"]
    for asked, first, last in (
        ("bytes=0-126", 0, 126),
        ("bytes=100-", 100, size - 1),
        ("bytes=-10", size - 10, size - 1),
        (f"bytes=5-{size * 2}", 5, size - 1),
        (f"bytes=-{size * 2}", 0, size - 1),
    ):
        piece = client.get(url, headers={"range": asked})
        assert (piece.status_code, got(piece)) == (206, body[first : last + 1]), asked
        assert piece["Content-Range"] == f"bytes {first}-{last}/{size}"
        assert piece["Content-Length"] == str(last - first + 1)
    for asked in (f"bytes={size}-", "bytes=-0"):
        beyond = client.get(url, headers={"range": asked})
        assert (beyond.status_code, beyond["Content-Range"]) == (416, f"bytes */{size}"), asked
    for asked in ("bytes=5-1", "bytes=0-1,5-6", "lines=1-2", "bytes=-", "bytes=x-y"):
        assert client.get(url, headers={"range": asked}).status_code == 200, asked
    other = client.get(url, headers={"range": "bytes=0-9", "if-range": '"other"'})
    assert other.status_code == 200
    same = client.get(url, headers={"range": "bytes=0-9", "if-range": whole["ETag"]})
    assert same.status_code == 206
    assert client.get(url, headers={"if-none-match": whole["ETag"]}).status_code == 304


@pytest.mark.parametrize("name", ["0" * 64, "x", "newest", "..%2F..%2Fsecret_key", "A" * 64])
def test_what_is_not_there_is_not_found(as_user, drawn, name):
    assert as_user("inspector").get(f"/api/v1/basemap/{name}.pmtiles").status_code == 404


def test_without_boundaries_there_is_nothing_to_draw(db):
    assert basemap.make() is None
    said = StringIO()
    call_command("make_basemap", stdout=said)
    assert "边界" in said.getvalue() or "boundary" in said.getvalue()


def test_the_command_draws_once_and_again_only_when_asked(community, road):
    said = StringIO()
    call_command("make_basemap", stdout=said)
    made = basemap.newest()
    assert made is not None
    assert str(made.path) in said.getvalue()
    made.path.write_bytes(b"as it was")
    call_command("make_basemap", stdout=said)
    assert made.path.read_bytes() == b"as it was"
    call_command("make_basemap", "--anew", stdout=said)
    assert sha256(made.path.read_bytes()).hexdigest() == made.sha256


def test_the_worker_draws_when_the_clerk_has_come_to_an_end(drawn, community, road):
    assert tasks.draw_basemap(0) is False
    road.rank = 2
    road.save()
    assert not basemap.is_current()
    # Just written: more may follow.
    assert tasks.draw_basemap(0) is False
    WriteCount.objects.filter(group="roads").update(n=1)
    WriteCount.objects.filter(group="communities").update(n=1)
    assert tasks.draw_basemap(0) is True
    assert basemap.is_current()
    assert tasks.draw_basemap(0) is False


def test_estates_are_no_reason_to_draw(drawn, community):
    EstateFactory(community=community)
    assert basemap.is_current()


def test_a_file_that_was_lost_is_drawn_again(drawn):
    drawn.path.unlink()
    assert basemap.newest() is None
    assert not basemap.is_current()
    assert basemap.make() == drawn


def test_old_ones_are_kept_for_two_weeks(drawn, road, tmp_path):
    old = tmp_path / "basemaps" / f"{'0' * 64}.pmtiles"
    older = tmp_path / "basemaps" / f"{'1' * 64}.pmtiles"
    for path, days in ((old, 13), (older, 15)):
        path.write_bytes(b"")
        at = timezone.now().timestamp() - days * 24 * 3600
        os.utime(path, (at, at))
    basemap.make()
    assert (old.exists(), older.exists()) == (True, False)


@pytest.mark.django_db(transaction=True)
def test_two_at_once_harm_nothing(tmp_path):
    CommunityFactory()
    made: list[object] = []

    def make() -> None:
        try:
            made.append(basemap.make())
        finally:
            connections.close_all()

    makers = [Thread(target=make) for _ in range(4)]
    for each in makers:
        each.start()
    for each in makers:
        each.join(60)
    assert len(made) == 4
    assert made[0] == basemap.newest()
    assert {path.suffix for path in (tmp_path / "basemaps").iterdir()} == {".pmtiles", ".json", ""}
    assert BytesIO(basemap.newest().path.read_bytes()).read(7) == b"PMTiles"


def test_the_doctor_says_when_there_is_none_and_when_it_is_old(community, road):
    assert (health.basemap().state, health.basemap().name) == (health.State.WARN, "basemap")
    basemap.make()
    assert health.basemap().state is health.State.OK
    Community.objects.update(name_en="Chencun")
    assert health.basemap().state is health.State.OK
    WriteCount.objects.update(n=1)
    assert health.basemap().state is health.State.WARN


def test_the_doctor_does_not_ask_for_what_can_t_be_drawn(db):
    assert health.basemap().state is health.State.OK
