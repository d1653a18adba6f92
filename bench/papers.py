"""A thousand notices, numbered and made into files, next to a bare page of the typesetter."""

import os
import resource
import subprocess
import sys
import uuid
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

import orjson

from bench.figures import Figure
from bench.load import ROUNDS
from bench.office import ROOT, add_cases

NOTICES = 1000
_ONE_LINE = '#set page(paper: "a4")\n整改通知书'


def measure(dsn: str) -> dict[str, Figure]:
    from inspections.models import Case

    add_cases(NOTICES - Case.objects.count())
    with TemporaryDirectory() as data:
        bare = _in_its_own("bare", data)
        issued, made = _in_its_own("issue", data), _in_its_own("render", data)
        alone = _in_its_own("pdf", data)
    return {
        "one line, by the typesetter alone": bare,
        f"{NOTICES:,} notices numbered": issued,
        f"{NOTICES:,} notices as PDF and .docx": made,
        "of a notice, the PDF alone": alone | {"ratio": bare["ms"] / alone["ms"]},
    }


def _in_its_own(what: str, data: str) -> dict[str, float]:
    """In a process of its own, whose memory is its own."""
    made = subprocess.run(
        [sys.executable, "-m", "bench.papers", what],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT), "XUNTU_DATA": data},
        check=True,
        capture_output=True,
    )
    told: dict[str, float] = orjson.loads(made.stdout)
    return told


def _issue() -> Figure:
    from django.utils import timezone

    from inspections.models import Case
    from inspections.services import papers
    from people.models import User

    by = User.objects.get(username="bench")
    due = timezone.localdate() + timedelta(days=7)
    days = {"due": due.isoformat(), "recheck_on": (due + timedelta(days=3)).isoformat()}
    officers = [{"name": name, "number": f"闽C00{n}"} for n, name in enumerate(("张三", "李四"))]

    def one(case: Case) -> None:
        told = {
            "kind": "notice",
            "cases": [str(case.pk)],
            "officers": officers,
            "edits": days | {"addressee": "银星物业服务有限公司", "place": "小区东门"},
        }
        wish = papers.read(told)
        papers.issue(id=uuid.uuid4(), told=told, wish=wish, by=by)

    return _each(one, list(Case.objects.filter(ended_at=None)[:NOTICES]))


def _render() -> Figure:
    from inspections.models import Paper
    from inspections.services import papers

    return _each(papers.render, list(Paper.objects.unrendered().values_list("pk", flat=True)))


def _pdf() -> Figure:
    from inspections.models import Paper
    from inspections.papers.pdf import pdf

    sheet = Paper.objects.first().data["sheet"]  # type: ignore[union-attr]
    return {"ms": _median(lambda: pdf(sheet, [], []))}


def _bare() -> Figure:
    import typst

    from inspections.papers.fonts import fonts

    found = fonts().found
    with TemporaryDirectory() as folder:
        page = Path(folder, "page.typ")
        page.write_text(_ONE_LINE, encoding="utf-8")
        return {"ms": _median(lambda: typst.Compiler(page, font_paths=found).compile(format="pdf"))}


def _each(act: Callable[..., object], things: list[object]) -> Figure:
    if not things:
        raise RuntimeError("there is nothing to measure")
    before, begun = _peak_mb(), perf_counter()
    for each in things:
        act(each)
    taken = perf_counter() - begun
    return {"s": taken, "ms": taken * 1000 / len(things), "MB more": _peak_mb() - before}


def _median(act: Callable[[], object]) -> float:
    """In milliseconds, once fonts and template are read."""
    act()
    taken = []
    for _ in range(ROUNDS * 10):
        begun = perf_counter()
        act()
        taken.append(perf_counter() - begun)
    return median(taken) * 1000


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    import django

    django.setup()
    told = {"issue": _issue, "render": _render, "pdf": _pdf, "bare": _bare}[sys.argv[1]]()
    sys.stdout.buffer.write(orjson.dumps(told))
