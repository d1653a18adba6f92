"""Does a charging site stand well? Rules as data, judged on what lies around it.

Plain Python: the browser has a twin in static/app/planning/, and tests/planning/vectors.json is
read by both.
"""

from planning.checking.judging import Outcome, Verdict, judge, told, worst
from planning.checking.measures import reach_m
from planning.checking.rule import Compare, Force, Measure, Rule, rule_of
from planning.checking.site import Site, Surroundings, Thing, site_of, surroundings_of

__all__ = [
    "Compare",
    "Force",
    "Measure",
    "Outcome",
    "Rule",
    "Site",
    "Surroundings",
    "Thing",
    "Verdict",
    "judge",
    "reach_m",
    "rule_of",
    "site_of",
    "surroundings_of",
    "told",
    "worst",
]
