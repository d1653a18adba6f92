"""Numbers of papers, taken by many at once: none is left out, none is given twice, and whatever
becomes of a worker, each paper has its files in the end."""

import os
import signal
import subprocess
import sys
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings as django_settings
from django.core.files.storage import default_storage
from django.db import connection, connections
from django.db.models import Max
from django.utils import timezone
from rest_framework.test import APIClient

from inspections.models import LastNumber, Paper, Series
from inspections.services.papers import render_again, rendering
from tests.papers.desk import a_notice, bytes_of, issued, pages_of, put_paper, text_of

SHANGHAI = ZoneInfo("Asia/Shanghai")
ISSUES, AT_ONCE = 200, 8
# Run by a process of its own: it ends as a machine ends that loses its power.
WORKER = """
import os, signal, sys
from datetime import timedelta
import django
django.setup()
from procrastinate.contrib.django import app
from inspections.services.papers import rendering
rendering.LOST = timedelta(days=1)  # on a slow machine too, the test's own sweep is the first
left, kept = int(sys.argv[1]), rendering._kept
def killed(body, ending):
    global left
    left -= 1
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return kept(body, ending)
rendering._kept = killed
with app.replace_connector(app.connector.get_worker_connector()):
    app.run_worker(concurrency=2, wait=left > 0, install_signal_handlers=False)
"""
DESK = """
import os, signal, sys, uuid
import django
django.setup()
from inspections.services import papers
from inspections.services.papers import issuing
from people.models import User
from tests.papers.desk import a_notice
from inspections.models import Case
def killed(paper):
    os.kill(os.getpid(), signal.SIGKILL)
issuing.defer_rendering = killed
told = a_notice(Case.objects.get())
papers.issue(
    id=uuid.uuid4(), told=told, wish=papers.read(told),
    by=User.objects.get(username="supervisor"),
)
"""


def process(program: str, *words: object) -> subprocess.Popen:
    """Beside this one, on the same database and the same folders."""
    address = urlsplit(os.environ["DATABASE_URL"])
    database = address._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
    return subprocess.Popen(
        [sys.executable, "-c", program, *map(str, words)],
        cwd=django_settings.BASE_DIR,
        env=os.environ
        | {
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "DATABASE_URL": database,
            "DATABASE_POOL": "4",
            "XUNTU_DATA": str(django_settings.MEDIA_ROOT.parent),
            "SECRET_KEY": django_settings.SECRET_KEY,
        },
        stderr=subprocess.PIPE,
    )


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_200_issued_at_once_with_workers_killed_midway(people, case, monkeypatch):
    ids = [uuid.uuid4() for _ in range(ISSUES)]
    # Each tenth is asked for twice at the same time, as a hand that taps twice does.
    asked = [id for n, id in enumerate(ids) for _ in range(2 if n % 10 == 0 else 1)]

    def put(id: uuid.UUID) -> int:
        client = APIClient()
        client.force_login(people["supervisor"], "django.contrib.auth.backends.ModelBackend")
        try:
            return put_paper(client, a_notice(case), id).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(AT_ONCE) as desks:
        answers = desks.map(put, asked)
        # Three workers, each killed as it writes its n-th file; and two desks, each killed with a
        # number in its hand.
        ends = []
        for died in (process(WORKER, 7), process(DESK), process(WORKER, 12), process(DESK)):
            _, wrong = died.communicate(timeout=120)
            ends.append((died.returncode, wrong.decode()[-2000:]))
        statuses = list(answers)
    assert ends == [(-signal.SIGKILL, "")] * 4
    assert (statuses.count(201), statuses.count(200)) == (ISSUES, ISSUES // 10)

    papers = Paper.objects.order_by("number")
    assert [each.number for each in papers] == list(range(1, ISSUES + 1))
    assert {str(each.pk) for each in papers} == {str(id) for id in ids}
    assert LastNumber.objects.get().number == ISSUES
    # By their numbers as by their moments, and each says its own.
    moments = [each.issued_at for each in papers]
    assert moments == sorted(moments)
    year = timezone.localdate().year
    assert [each.data["sheet"]["number"] for each in papers] == [
        f"青街改〔{year}〕{n}号" for n in range(1, ISSUES + 1)
    ]
    assert Paper.objects.unrendered().count() > 0

    # What the killed workers had in their hands is found by the sweep.
    whole = process(WORKER, 0)
    _, wrong = whole.communicate(timeout=600)
    assert whole.returncode == 0, wrong.decode()[-2000:]
    lost = Paper.objects.unrendered().count()
    assert lost > 0
    monkeypatch.setattr(rendering, "LOST", timedelta(0))
    assert render_again() == lost
    assert render_again() == 0  # they wait already
    whole = process(WORKER, 0)
    whole.communicate(timeout=600)
    assert Paper.objects.unrendered().count() == 0
    for paper in papers.all():
        assert default_storage.size(paper.pdf) > 10_000
        assert default_storage.size(paper.docx) > 10_000
    one = papers.get(number=123)
    assert f"青街改〔{year}〕123号" in text_of(bytes_of(one.pdf))
    assert len(pages_of(bytes_of(one.pdf))) == one.pages


@pytest.mark.django_db
def test_a_year_begins_with_one(as_user, case, monkeypatch):
    def at(*moment: int) -> None:
        monkeypatch.setattr(timezone, "now", lambda: datetime(*moment, tzinfo=SHANGHAI))

    supervisor = as_user("supervisor")
    later = {"edits": {"due": "2025-03-03", "recheck_on": "2025-03-04"}}
    at(2024, 12, 31, 23, 59, 58)
    old = [str(issued(supervisor, a_notice(case, **later))) for _ in range(2)]
    at(2025, 1, 1, 0, 0, 0)
    new = [str(issued(supervisor, a_notice(case, **later))) for _ in range(2)]
    assert old == ["青街改〔2024〕1号", "青街改〔2024〕2号"]
    assert new == ["青街改〔2025〕1号", "青街改〔2025〕2号"]


@pytest.mark.django_db
def test_each_series_counts_by_itself(as_user, case):
    supervisor = as_user("supervisor")
    record = {"kind": "record", "cases": [str(case.pk)], "officers": a_notice(case)["officers"]}
    told = [str(issued(supervisor, body)) for body in (a_notice(case), record, a_notice(case))]
    year = timezone.localdate().year
    assert told == [f"青街改〔{year}〕1号", f"青街查〔{year}〕1号", f"青街改〔{year}〕2号"]


@pytest.mark.django_db
def test_a_new_series_begins_anew_and_the_old_papers_keep_theirs(as_user, case):
    supervisor = as_user("supervisor")
    first = issued(supervisor, a_notice(case))
    Series.objects.filter(kind="notice").update(retired_at=timezone.now())
    reply = put_paper(supervisor, a_notice(case))
    assert (reply.status_code, reply.json()["code"]) == (409, "no_series")
    Series.objects.create(kind="notice", code="青办改")
    second = issued(supervisor, a_notice(case))
    year = timezone.localdate().year
    assert (str(first), str(second)) == (f"青街改〔{year}〕1号", f"青办改〔{year}〕1号")


@pytest.mark.django_db
def test_what_is_refused_takes_no_number(as_user, case):
    supervisor = as_user("supervisor")
    reply = put_paper(supervisor, a_notice(case, officers=[]))
    assert (reply.status_code, reply.json()["code"]) == (400, "paper_invalid")
    assert LastNumber.objects.aggregate(Max("number"))["number__max"] is None
    assert issued(supervisor, a_notice(case)).number == 1
