"""The server's check of a site: the truth, whatever a browser said."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from hashlib import sha256
from typing import Any

import shapely
from django.utils import timezone

from geo import writes
from geo.models import Estate
from geo.scope import EVERYTHING, NOTHING, Scope
from people.models import User
from people.policy import may_keep_register
from planning.checking import Outcome, Rule, Site, Verdict, judge, reach_m, told, worst
from planning.models import Proposal, SiteRule
from planning.services import around
from planning.services.fields import FIELDS

# A degree is at least this many metres anywhere in China.
_DEGREE_M = 60_000
_EXCLUDED_SAYS = (
    "占用禁绘区（不得占用）。",
    "Takes ground of an excluded area (none may be drawn on).",
)
_ASKED = tuple(Site.__dataclass_fields__.keys() & FIELDS.keys() - {"geom", "estate"})


def rules_version(rules: Iterable[SiteRule]) -> str:
    """Equal only for rules that say the same, those that are off too."""
    said = json.dumps([each.told() for each in rules], ensure_ascii=False, sort_keys=True)
    return sha256(said.encode()).hexdigest()[:16]


def data_version(scope: Scope = EVERYTHING) -> str:
    """Another one as soon as something was written that a check may read."""
    counts = writes.counts(scope)
    said = repr([(group, counts.get(group)) for group in around.WRITTEN])
    return sha256(said.encode()).hexdigest()[:16]


def check_proposal(proposal: Proposal) -> dict[str, Any]:
    """What `check/` answers, for the proposal as it stands in the database."""
    return check_site(site_of(proposal))


def check_site(site: Site, by: User | None = None) -> dict[str, Any]:
    """Judged among everything there is, whoever asks. `by` is shown no shape that lies out of
    their scope, and of an excluded area only that it is one: None, for what life keeps."""
    rows = list(SiteRule.objects.all())
    rules = [row.rule for row in rows if row.on]
    version, before = rules_version(rows), data_version()
    verdicts = _judged(site, rules, EVERYTHING)
    scope = EVERYTHING if by is None else getattr(by, "scope", NOTHING)
    if scope != EVERYTHING:
        verdicts = _seen_by(scope, site, rules, verdicts)
    if by is not None and not may_keep_register(by):
        verdicts = [_discreet(each) for each in verdicts]
    return {
        "version": version,
        "data_version": before,
        "at": timezone.now().isoformat(),
        "verdicts": [told(each, _geojson(each)) for each in verdicts],
        "worst": worst(verdicts),
    }


def site_of(proposal: Proposal, **changes: Any) -> Site:
    """As it is stored, but for `changes`: columns by name, as `fields.read` reads them."""
    vote = proposal.votes.order_by("-on", "-step__version").first()
    asked = {name: changes.get(name, getattr(proposal, name)) for name in _ASKED}
    estate = changes.get("estate", proposal.estate)
    return Site(
        geom=_shape(changes.get("geom", proposal.geom)),
        estate=estate.pk if estate else None,
        site=proposal.site_id,
        voted=vote.count.carried if vote else None,
        **_unsaid(asked),
    )


def site_from(fields: Mapping[str, Any], estate: Estate | None) -> Site:
    """Of what is only drawn: columns by name, `geom` among them."""
    asked = {name: fields.get(name) for name in _ASKED}
    return Site(geom=_shape(fields["geom"]), estate=estate.pk if estate else None, **_unsaid(asked))


def _unsaid(asked: Mapping[str, Any]) -> dict[str, Any]:
    return {name: None if value == "" else value for name, value in asked.items()}


def _shape(geom: Any) -> Any:
    return shapely.from_wkb(bytes(geom.wkb))


def _judged(site: Site, rules: list[Rule], scope: Scope) -> list[Verdict]:
    reach = reach_m(rules) / _DEGREE_M
    west, south, east, north = site.geom.bounds
    box = (west - reach, south - reach, east + reach, north + reach)
    return judge(site, around.surroundings(box, site.estate, scope), rules)


def _seen_by(scope: Scope, site: Site, rules: list[Rule], verdicts: list[Verdict]) -> list[Verdict]:
    """Without the shapes of what this person may not see: those that decide nothing among what
    they may."""
    theirs = _judged(site, rules, scope)
    return [
        seen
        if (each.outcome, each.value) == (seen.outcome, seen.value)
        else replace(each, decides=None)
        for each, seen in zip(verdicts, theirs, strict=True)
    ]


def _discreet(verdict: Verdict) -> Verdict:
    """How much of an excluded area is taken would tell where it ends."""
    if verdict.rule.measure.value != "excluded_overlap_m2" or verdict.outcome is not Outcome.BREACH:
        return verdict
    return replace(verdict, value=None, says=_EXCLUDED_SAYS, decides=None)


def _geojson(verdict: Verdict) -> Any:
    return None if verdict.decides is None else json.loads(shapely.to_geojson(verdict.decides))
