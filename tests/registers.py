"""The clerk's pages: their addresses, what their forms send, what they tell."""

import json
import re

from django.contrib import admin
from django.urls import reverse
from shapely import wkb

from geo import geojson

OURS = ("geo", "people", "inspections", "planning", "campaign")
REGISTERS = [model for model in admin.site._registry if model._meta.app_label in OURS]


def page_of(model, what="changelist", *args) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{what}", args=args)


def drawn(geometry) -> str:
    return json.dumps(geojson.write(wkb.loads(bytes(geometry.wkb))))


def estate_form(estate, /, **changes) -> dict:
    return {
        "name": estate.name,
        "code": estate.code or "",
        "community": estate.community_id,
        "address": estate.address,
        "company": estate.company_id or "",
        "has_company": {None: "unknown", True: "true", False: "false"}[estate.has_company],
        "households": "",
        "ebikes": "",
        "height_class": estate.height_class,
        "target_year": "",
        "geom": drawn(estate.geom) if estate.geom else "",
    } | changes


def asset_form(estate, /, **changes) -> dict:
    return {
        "type": "light",
        "estate": estate.pk,
        "community": "",
        "code": "LD-1",
        "name": "",
        "owner": "unknown",
        "status": "built",
        "width_m": "",
        "ports": "",
        "bays": "",
        "indoor": "unknown",
        "geom": drawn(estate.geom.point_on_surface),
    } | changes


def wrong_in(page) -> list[str]:
    return re.findall(r'<ul class="errorlist"[^>]*><li>(.*?)</li>', page.text)


def told_of(page) -> list[list[str]]:
    """The rows of a history as a reader sees them."""
    table = page.text[page.text.index('<table class="history">') :]
    rows = re.findall(r"<tr>(.*?)</tr>", table, re.S)[1:]
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S) for row in rows]
    return [[re.sub(r"<[^>]+>", " ", cell).strip() for cell in row] for row in cells]
