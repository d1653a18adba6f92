"""The worker's part: a question is weighed, and its answer kept."""

import logging
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from time import monotonic
from typing import Any
from uuid import UUID

import shapely
from django.utils import timezone

from geo.measure import from_metric
from planning.models import SelectionRun, SelectionState
from planning.selection import Model, Outcome, Progress, Status, Stopped, Terms, solve
from planning.selection.curve import curve
from planning.selection.relax import Way, blocked, ways
from planning.services.choosing import parameters, words
from planning.services.choosing.candidates import TooMany
from planning.services.choosing.ground import Question, ports_of, question
from planning.walking import By

_SAY_EVERY_S = 1.0
_LOST_AFTER = timedelta(minutes=10)
# What explaining and the curve may take, beside the answer itself.
_EXPLAIN_SECONDS, _CURVE_SECONDS = 30.0, 10.0

_log = logging.getLogger(__name__)


class _Teller:
    """Writes down how far it is, once a second, and reads whether it is wanted still."""

    def __init__(self, selection: UUID) -> None:
        self.rows = SelectionRun.objects.filter(pk=selection)
        self.last = 0.0

    def __call__(self, progress: Progress) -> bool:
        if monotonic() - self.last < _SAY_EVERY_S:
            return True
        self.last = monotonic()
        told = {
            "stage": progress.stage,
            "seconds": round(progress.seconds, 1),
            "objective": progress.objective,
            "bound": progress.bound,
            "gap": progress.gap,
        }
        wanted = self.rows.filter(cancel_asked_at=None)
        return bool(wanted.update(progress=told, seen_at=timezone.now()))


def run(id: UUID) -> bool:
    """Whether there is an answer. What was called off, or begun before, is left alone."""
    begun = SelectionRun.objects.filter(pk=id, state=SelectionState.QUEUED).update(
        state=SelectionState.RUNNING, seen_at=timezone.now()
    )
    if not begun:
        return False
    row = SelectionRun.objects.select_related("plan", "by").get(pk=id)
    try:
        result = _answer(row, _Teller(id))
    except Stopped:
        _end(row, SelectionState.CANCELLED)
        return False
    except TooMany as many:
        _end(row, SelectionState.FAILED, error=f"too_many_candidates: {many.count}")
        return False
    except ValueError as unknown:
        _end(row, SelectionState.FAILED, error=str(unknown))
        return False
    except Exception as failure:
        _end(row, SelectionState.FAILED, error=type(failure).__name__)
        raise
    _end(row, SelectionState.DONE, result=result)
    return True


def fail_lost() -> int:
    """Those whose worker went away with them; how many."""
    lost = SelectionRun.objects.lost(timezone.now() - _LOST_AFTER)
    return lost.update(state=SelectionState.FAILED, error="worker_lost", ended_at=timezone.now())


def _end(row: SelectionRun, state: SelectionState, *, result: Any = None, error: str = "") -> None:
    if error:
        _log.warning("selection %s: %s", row.pk, error)
    SelectionRun.objects.filter(pk=row.pk, state=SelectionState.RUNNING).update(
        state=state,
        result=result,
        error=error,
        ended_at=timezone.now(),
        data_version=result["data_version"] if result else "",
    )


def _answer(row: SelectionRun, tell: _Teller) -> dict[str, Any]:
    asked = row.parameters
    whole = {"whole": True} if row.model == Model.PMEDIAN else {}
    what = question(row.plan, row.by.scope, asked | whole)
    terms = replace(parameters.terms(row.model, asked), port=what.assumed.ebikes_per_port)
    outcome = solve(what.instance, terms, tell)
    served = 0.0 if outcome.served is None else float(outcome.served.sum())
    total = float(what.instance.weight.sum())
    barred: Counter[str] = Counter()
    for each in what.candidates.values():
        barred.update(each.barred)
    told = {
        "status": outcome.status.value,
        "objective": outcome.objective,
        "bound": outcome.bound,
        "gap": outcome.gap,
        "seconds": round(outcome.seconds, 2),
        "first": outcome.first,
        "data_version": what.instance.version,
        "unit": _UNITS["price" if terms.by_price else row.model],
        "sites": {"type": "FeatureCollection", "features": _features(what, asked, outcome)},
        "candidates": len(what.candidates),
        "grid": _grid(what, asked),
        "extended": _extended(what, asked),
        "barred": [{"rule": rule, "count": count} for rule, count in sorted(barred.items())],
        "demand": round(total, 2),
        "served": round(served, 2),
        "by_paths": _by_paths(what, outcome),
        "assumptions": list(what.assumed.rows),
        "blocked": [],
        "changes": [],
        "curve": [],
    }
    if total - served > 1e-6 and outcome.status is not Status.UNKNOWN:
        told["blocked"] = _blocked(what, terms, outcome)
        explained = replace(terms, seconds=_EXPLAIN_SECONDS)
        told["changes"] = [
            _change(what, asked, each) for each in ways(what.instance, explained, tell)
        ]
    if asked["curve_to"]:
        quick = replace(terms, seconds=_CURVE_SECONDS, radius=asked["radius_m"])
        told["curve"] = [
            {
                "number": at.number,
                "objective": at.objective,
                "share": round(at.share, 6),
                "gap": at.gap,
            }
            for at in curve(what.instance, quick, asked["curve_to"], tell)
        ]
    return told


_UNITS = {"mclp": "ebikes", "lscp": "sites", "pmedian": "ebike_m", "price": "yuan"}


def _grid(what: Question, asked: dict[str, Any]) -> dict[str, Any] | None:
    """What was done where there were too many places; None where all were weighed."""
    if not what.thinned:
        return None
    zh, en = words.thinned(what.thinned, asked["grid_m"])
    estates = [
        {"estate": each.estate, "name": what.estates[each.estate]}
        | {"grid_m": each.grid_m, "places": each.places, "kept": each.kept}
        for each in what.thinned
    ]
    return {"zh": zh, "en": en, "estates": estates}


def _extended(what: Question, asked: dict[str, Any]) -> list[dict[str, Any]]:
    """Sites that stand or are drawn, and were reckoned with other ports than they have."""
    return [
        {"id": each.id, "name": each.name, "ports": each.ports, "reckoned": ports}
        for each in what.standing
        if (ports := asked["ports_at"].get(each.id)) not in {None, each.ports}
    ]


def _features(what: Question, asked: dict[str, Any], outcome: Outcome) -> list[dict[str, Any]]:
    serves: dict[str, float] = {}
    if outcome.serves is not None:
        sites = what.instance.sites
        for j, amount in zip(outcome.serves[1].tolist(), outcome.serves[2].tolist(), strict=True):
            serves[sites[j]] = serves.get(sites[j], 0.0) + amount
    features = []
    for id in outcome.sites:
        each = what.candidates[id]
        middle = from_metric(each.shape.centroid)
        name = what.estates.get(each.estate, "") if each.estate else ""
        features.append(
            {
                "type": "Feature",
                "id": id,
                "geometry": _geojson(from_metric(each.shape)),
                "properties": {
                    "id": id,
                    "name": f"{name} {id}".strip(),
                    "estate": each.estate,
                    "estate_name": name,
                    "ports": ports_of(id, asked),
                    "bays": asked["bays"],
                    "cost_yuan": asked["cost_yuan"] or None,
                    "rotation_deg": each.turn,
                    "anchor": _geojson(middle),
                    "vacant_space": each.vacant,
                    "serves": round(serves.get(id, 0.0), 2),
                },
            }
        )
    return features


def _geojson(shape: Any) -> Any:
    told = shapely.geometry.mapping(shape)
    return {"type": told["type"], "coordinates": _listed(told["coordinates"])}


def _listed(coordinates: Any) -> Any:
    if isinstance(coordinates, Sequence):
        return [_listed(each) for each in coordinates]
    return float(coordinates)


def _by_paths(what: Question, outcome: Outcome) -> float | None:
    """Which part of what is served goes there by paths that are drawn."""
    if outcome.serves is None or not len(outcome.serves[2]):
        return None
    pairs = what.instance.pairs(outcome.serves[0], outcome.serves[1])
    by_paths = what.by[pairs] == By.PATHS
    return round(float(outcome.serves[2][by_paths].sum() / outcome.serves[2].sum()), 4)


def _blocked(what: Question, terms: Terms, outcome: Outcome) -> list[dict[str, Any]]:
    told = []
    for each in blocked(what.instance, terms, outcome):
        zh, en = words.why(each, terms.radius or 0.0)
        told.append(
            {
                "estate": each.home,
                "name": what.estates.get(each.home, ""),
                "demand": round(each.demand, 2),
                "points": list(each.points),
                "why": each.why,
                "why_zh": zh,
                "why_en": en,
                "nearest_m": each.nearest,
                "rules": list(each.rules),
            }
        )
    return told


def _change(what: Question, asked: dict[str, Any], way: Way) -> dict[str, Any]:
    """As sentences, and as the parameters to ask anew with."""
    more = _more_ports(what, asked, way)
    said = [words.change(each, what.estates, more) for each in way.changes]
    anew: dict[str, Any] = {}
    for each in way.changes:
        if each.kind == "number":
            anew["number"] = int(each.to)
        elif each.kind == "budget":
            anew["budget_yuan"] = int(each.to)
        elif each.kind in ("radius", "spacing"):
            anew[f"{each.kind}_m"] = each.to
        elif each.kind in ("forced", "forbidden"):
            anew[each.kind] = sorted(set(asked[each.kind]) - set(each.names))
        elif each.kind == "rules":
            anew["admitted"] = sorted({*asked["admitted"], *each.names})
        elif each.kind == "estates":
            anew["several"] = sorted({*asked["several"], *map(int, each.names)})
        else:
            anew["ports_at"] = asked["ports_at"] | {id: to for id, _, _, to in more}
    return {
        "zh": "；".join(zh for zh, _ in said),
        "en": "; ".join(en for _, en in said),
        "kinds": [each.kind for each in way.changes],
        "proven": way.proven,
        "parameters": anew,
    }


def _more_ports(what: Question, asked: dict[str, Any], way: Way) -> list[words.Ports]:
    """At each site whose ports the way names."""
    there, found = {each.id: each for each in what.standing}, []
    for change in way.changes:
        for id, more in zip(change.names, change.each, strict=False):
            site = there.get(id)
            now = asked["ports_at"].get(id, site.ports or 0) if site else ports_of(id, asked)
            to = now + round(more / what.assumed.ebikes_per_port)
            found.append((id, site.name or id if site else id, now, to))
    return found
