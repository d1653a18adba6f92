"""The best sites of an instance in two plain files."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from planning.selection import Model, Outcome, Status, Terms, solve
from planning.selection.files import FilesWrong, read

# As `Status` ends.
_ENDS = {Status.OPTIMAL: 0, Status.FEASIBLE: 0, Status.INFEASIBLE: 3, Status.UNKNOWN: 4}


class Command(BaseCommand):
    help = (
        "Chooses sites: mclp covers the most weight with P sites, lscp covers all with the "
        "fewest, pmedian has the least weight x cost with P sites. Needs no database. Ends with "
        "0 for an answer, 2 for files or options that can't be used, 3 where there is no answer, "
        "4 where none was found in time."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--costs", type=Path, required=True, help="CSV: demand,site,cost")
        parser.add_argument("--demand", type=Path, required=True, help="CSV: demand,weight")
        parser.add_argument("--model", choices=[each.value for each in Model], required=True)
        parser.add_argument("--p", type=int, help="how many sites; says nothing to lscp")
        parser.add_argument(
            "--radius", type=float, help="who costs no more is covered; says nothing to pmedian"
        )
        parser.add_argument("--seconds", type=float, default=600.0, help="600 if not told")
        parser.add_argument("--gap", type=float, default=0.0, help="good enough, relative; 0")
        parser.add_argument("--format", choices=["json", "text"], default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        model = Model(options["model"])
        try:
            instance = read(options["costs"], options["demand"])
        except FilesWrong as wrong:
            raise CommandError("\n".join(wrong.lines), returncode=2) from wrong
        terms = _terms(model, options, len(instance.sites))
        outcome = solve(instance, terms)
        self.stdout.write(_told(outcome, options["format"]))
        if _ENDS[outcome.status]:
            sys.exit(_ENDS[outcome.status])


def _terms(model: Model, options: dict[str, Any], sites: int) -> Terms:
    number, radius = options["p"], options["radius"]
    if model is not Model.LSCP and number is None:
        raise CommandError(f"{model} needs --p", returncode=2)
    if model is not Model.PMEDIAN and radius is None:
        raise CommandError(f"{model} needs --radius", returncode=2)
    if model is not Model.LSCP and not 1 <= number <= sites:
        raise CommandError(f"--p {number}: there are {sites} sites to choose from", returncode=2)
    return Terms(
        model,
        number=None if model is Model.LSCP else number,
        radius=None if model is Model.PMEDIAN else radius,
        exactly=model is not Model.LSCP,
        seconds=options["seconds"],
        gap=options["gap"],
    )


def _told(outcome: Outcome, format: str) -> str:
    told = {
        "objective": outcome.objective,
        "sites": list(outcome.sites),
        "status": outcome.status.value,
        "gap": outcome.gap,
    }
    if format == "json":
        return json.dumps(told, ensure_ascii=False)
    return "\n".join(
        f"{name:<10} {' '.join(value) if isinstance(value, list) else value}"
        for name, value in told.items()
    )
