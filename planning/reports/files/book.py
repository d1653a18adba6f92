"""A plan as a workbook for people: headers with units and words in the reader's language."""

from collections.abc import Iterator
from typing import BinaryIO

from django.utils import timezone
from django.utils.translation import pgettext

from inspections.reports import workbook
from inspections.reports.workbook import Cell, Sheet
from planning.reports import words
from planning.reports.files.rows import SITE_COLUMNS, Contents, Site, site_row

_WIDE = {"name": 24.0, "note": 40.0, "estate": 18.0, "not_met": 22.0, "cant_tell": 22.0, "id": 38.0}


def write_xlsx(contents: Contents, file: BinaryIO) -> None:
    titles = _titles()
    head = [(titles[name], _WIDE.get(name, 14.0)) for name in SITE_COLUMNS]
    about = [(pgettext("of a file", "what"), 24.0), (pgettext("of a file", "told"), 80.0)]
    workbook.write(
        file,
        [
            Sheet(pgettext("of a file", "proposed sites"), head, map(_site, contents.sites)),
            Sheet(pgettext("of a file", "checks"), _check_head(), _checks(contents)),
            Sheet(pgettext("of a file", "about this file"), about, _about(contents), False),
        ],
    )


def _titles() -> dict[str, str]:
    """Those that are no field of a proposal, or are told otherwise here."""
    own = {
        "id": pgettext("of a file", "number"),
        "community_code": pgettext("of a file", "community code"),
        "estate_code": pgettext("of a file", "estate code"),
        "area_m2": pgettext("of a file", "footprint (m²)"),
        "site": pgettext("of a file", "number in the register"),
        "not_met": pgettext("of a file", "rules not met"),
        "cant_tell": pgettext("of a file", "rules that can't be told"),
        "lon_wgs84": pgettext("of a file", "longitude (°, WGS-84)"),
        "lat_wgs84": pgettext("of a file", "latitude (°, WGS-84)"),
    }
    return {name: own.get(name) or words.label(name) for name in SITE_COLUMNS}


def _site(site: Site) -> list[Cell]:
    fields = {each.name for each in site.proposal._meta.concrete_fields} - {"id", "site"}
    return [
        words.said(name, value) if name in fields and name not in ("community", "estate") else value
        for name, value in site_row(site).items()
    ]


def _check_head() -> list[tuple[str, float]]:
    return [
        (pgettext("of a file", "proposed site"), 24.0),
        (pgettext("of a rule", "rule"), 8.0),
        (pgettext("of a rule", "what is looked at"), 26.0),
        (pgettext("of a rule", "result"), 12.0),
        (pgettext("of a rule", "force"), 12.0),
        (pgettext("of a rule", "measured"), 11.0),
        (pgettext("of a rule", "limit"), 11.0),
        (pgettext("of a rule", "unit"), 8.0),
        (pgettext("of a rule", "sentence"), 60.0),
        (pgettext("of a rule", "why it can't be told"), 40.0),
        (pgettext("of a rule", "source"), 36.0),
        (pgettext("of a rule", "dated"), 12.0),
        (pgettext("of a rule", "how sure"), 22.0),
        (pgettext("of a file", "number of the site"), 38.0),
    ]


def _checks(contents: Contents) -> Iterator[list[Cell]]:
    for site in contents.sites:
        for each in site.verdicts:
            yield [
                site.proposal.name,
                each["code"],
                str(words.MEASURES.get(each["measure"], each["measure"])),
                str(words.OUTCOMES[each["verdict"]]),
                str(words.FORCES[each["force"]]),
                each["value"],
                each["limit"],
                words.UNITS.get(each["unit"], each["unit"]),
                words.sentence(each),
                words.why(each),
                words.named_source(each),
                each["source_on"],
                str(words.SURE[each["sure"]]),
                str(site.proposal.pk),
            ]


def _about(contents: Contents) -> Iterator[list[Cell]]:
    plan = contents.plan
    yield [pgettext("of a file", "plan"), plan.name]
    yield [pgettext("of a file", "note"), plan.note]
    yield [pgettext("of a file", "made at"), timezone.localtime(contents.now).replace(tzinfo=None)]
    yield [pgettext("of a file", "sites"), len(contents.sites)]
    yield [pgettext("of a file", "version of the rules"), contents.rules]
    yield [
        pgettext("of a file", "coordinates"),
        pgettext("of a file", "WGS-84, degrees; areas and distances in metres by EPSG:4549"),
    ]
    yield [
        str(words.SURE["M"]),
        pgettext(
            "of a file",
            "A limit marked so has no source that was read: it is on no official paper.",
        ),
    ]
    if contents.demonstration:
        yield [
            pgettext("of a file", "demonstration"),
            pgettext("of a file", "Nothing of this is real."),
        ]
