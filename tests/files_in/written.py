"""Files as an office has them, written for a test."""

import csv
import json

import numpy as np
import pyogrio.raw
import shapely
from shapely.geometry import box

from geo import datum


def write_csv(path, rows, encoding="utf-8-sig"):
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def write_geojson(path, features, **members):
    content = {
        "type": "FeatureCollection",
        **members,
        "features": [
            {
                "type": "Feature",
                "geometry": None if shape is None else shapely.geometry.mapping(shape),
                "properties": properties,
            }
            for shape, properties in features
        ],
    }
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return path


def write_vector(path, features, crs, driver, layer=None, **options):
    shapes = np.array([shapely.to_wkb(shape) for shape, _properties in features], dtype=object)
    names = list(features[0][1])
    values = [np.array([one[name] for _shape, one in features], dtype=object) for name in names]
    pyogrio.raw.write(
        path,
        shapes,
        values,
        names,
        layer=layer,
        driver=driver,
        crs=crs,
        geometry_type="Unknown" if driver == "GPKG" else features[0][0].geom_type,
        **options,
    )
    return path


def ground(community, size=0.001, east=0.004, north=0.004):
    """A block inside a community, as WGS-84."""
    west, south = community.geom.extent[:2]
    return box(west + east, south + north, west + east + size, south + north + size)


def moved(shape, name):
    return shapely.transform(shape, lambda at: datum.from_wgs84(at, name))


def same(geom, shape, metres=0.01):
    drawn = shapely.from_wkb(bytes(geom.wkb))
    return drawn.hausdorff_distance(shape) < metres / 100_000


def lamps(community, count):
    west, south = community.geom.extent[:2]
    header = ["编号", "社区", "lon", "lat"]
    rows = [
        [f"LD-{n:04}", "陈村社区", west + 0.00001 * n, south + 0.00001 * n]
        for n in range(1, count + 1)
    ]
    return [header, *rows]
