"""Which community, estate or company a row means."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import shapely
from django.contrib.gis.db.models.functions import AsWKB
from django.utils.translation import gettext as _

from geo.files.columns import BadCell
from geo.files.described import Layer, Parent
from geo.files.table import Shapes
from geo.files.text import folded


class Parents:
    """Everything that rows of a layer may belong to, read once."""

    def __init__(self, layer: Layer) -> None:
        self.by_name = {parent.field: _Index(parent, layer) for parent in layer.parents}
        self._layer = layer
        self._found: dict[tuple[str, ...], dict[str, int | None]] = {}

    def find(self, cells: Mapping[str, str]) -> dict[str, int | None]:
        """The parents that a row's cells name: `cells` has `estate` and `estate_code`, "" if blank.

        A parent that is named nowhere is None, unless a closer one that was named lies in it.
        Raises BadCell with a sentence for what is not in the register, or is several things.
        """
        # A thousand rows name the same few parents.
        asked = tuple(cells.values())
        if asked not in self._found:
            self._found[asked] = self._find(cells)
        return dict(self._found[asked])

    def _find(self, cells: Mapping[str, str]) -> dict[str, int | None]:
        found: dict[str, int | None] = {}
        for parent in self._layer.parents:
            within = found.get(parent.within) if parent.within else None
            found[parent.field] = self.by_name[parent.field].find(
                cells.get(f"{parent.field}_code", ""), cells.get(parent.field, ""), within
            )
        for parent in reversed(self._layer.parents):
            pk = found[parent.field]
            if parent.within and pk is not None:
                home = self.by_name[parent.field].home[pk]
                if found[parent.within] not in {None, home}:
                    raise BadCell(
                        _("%(inner)s is not in %(outer)s")
                        % {
                            "inner": self.by_name[parent.field].name[pk],
                            "outer": self.by_name[parent.within].name[found[parent.within]],
                        }
                    )
                found[parent.within] = home
        return found

    def lying_at(self, field: str, points: Shapes) -> list[int | None]:
        """For each point the parent it lies in; None where in none, or in several."""
        index = self.by_name[field]
        keys = list(index.shapes)
        tree = shapely.STRtree(list(index.shapes.values()))
        which, where = tree.query(points, predicate="within")
        found: list[int | None] = [None] * len(points)
        once = np.bincount(which, minlength=len(points)) == 1
        for i, k in zip(which.tolist(), where.tolist(), strict=True):
            if once[i]:
                found[i] = keys[k]
        return found


class _Index:
    def __init__(self, parent: Parent, layer: Layer) -> None:
        self.parent = parent
        self.required = layer.requires(parent)
        self.name: dict[int | None, str] = {}
        self.home: dict[int, int | None] = {}
        self._by_code: dict[str, int] = {}
        self._by_name: dict[str, list[int]] = {}
        self._shapes: dict[int, Any] | None = None
        fields = ["pk", parent.name_field]
        fields.append(parent.code_field or parent.name_field)
        fields.append(f"{parent.within}_id" if parent.within else "pk")
        self._rows = parent.model._default_manager.filter(retired_at=None)
        self._drawn = any(of.name == "geom" for of in parent.model._meta.fields)
        for pk, name, code, home in self._rows.values_list(*fields):
            self.name[pk] = name
            self.home[pk] = home
            if parent.code_field and code:
                self._by_code[folded(code)] = pk
            self._by_name.setdefault(self._bare(name), []).append(pk)

    @property
    def shapes(self) -> dict[int, Any]:
        """Outlines in WGS-84, read when first asked for; a row without one is absent."""
        if self._shapes is None and not self._drawn:
            self._shapes = {}
        if self._shapes is None:
            rows = list(
                self._rows.exclude(geom=None).annotate(wkb=AsWKB("geom")).values_list("pk", "wkb")
            )
            areas = shapely.from_wkb([bytes(wkb) for _pk, wkb in rows])
            shapely.prepare(areas)
            self._shapes = {pk: area for (pk, _wkb), area in zip(rows, areas, strict=True)}
        return self._shapes

    def find(self, code: str, name: str, within: int | None) -> int | None:
        if code and folded(code) in self._by_code:
            return self._by_code[folded(code)]
        # A code in the column for names is understood; the other way round too.
        if name and folded(name) in self._by_code:
            return self._by_code[folded(name)]
        if not code and not name:
            return None
        title = self.parent.model._meta.verbose_name
        if not name:
            raise BadCell(
                _("there is no %(what)s with code “%(name)s” in the register")
                % {"what": title, "name": code[:60]}
            )
        found = self._by_name.get(self._bare(name), [])
        if within is not None:
            found = [pk for pk in found if self.home[pk] == within]
        if len(found) > 1:
            raise BadCell(
                _("several are called “%(name)s” (%(what)s); say in which")
                % {"what": title, "name": name[:60]}
            )
        if not found:
            raise BadCell(
                _("there is no %(what)s “%(name)s” in the register")
                % {"what": title, "name": name[:60]}
            )
        return found[0]

    def _bare(self, name: str) -> str:
        plain = folded(name)
        for ending in self.parent.endings:
            if plain.endswith(ending) and len(plain) > len(ending):
                return plain.removesuffix(ending)
        return plain
