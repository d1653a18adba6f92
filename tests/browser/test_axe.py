"""Every page of the house by axe-core: what it calls serious or critical stands on none of them,
in light, in the dark and outdoors."""

from pathlib import Path

import pytest
from django.conf import settings as configured
from playwright.sync_api import Page, expect

from campaign.models import Indicator
from campaign.services.loading import load_actions
from inspections.models import Series
from tests.browser.conftest import DESK, PHONE, TABLET
from tests.browser.walk import take_pack
from tests.cases import a_case, made
from tests.evidence.worlds import handled
from tests.papers.desk import a_notice, issued

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

AXE = configured.BASE_DIR / "node_modules" / "axe-core" / "axe.min.js"
# Rule, where, and what it says; `only`: these rules.
LOOK = """async ({ theme, only }) => {
  document.documentElement.dataset.theme = theme;
  for (const each of document.getAnimations()) if (each.transitionProperty) each.finish();
  // Sheets that are read beforehand come in as inline styles, which the policy refuses.
  const options = { preload: false, resultTypes: ["violations"], ...(only && { runOnly: only }) };
  const { violations } = await axe.run(document, options);
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, any }) => [id, String(target), any[0]?.message]));
}"""
# Once more in English: what has most words on it.
IN_ENGLISH = {"/cases/", "/cases/#/{handled}", "/company/", "/company/#/case/{assigned}"}
IN_ENGLISH |= {"/overview/", "/overview/?tab=board"}
IN_ENGLISH |= {"/campaign/?as_of=2024-12-20&action=ZX07"}
# Whose page, on what, where, and what is on it once it stands.
PAGES = (
    (None, DESK, "/sign-in/", "input[name=password]"),
    ("inspector", TABLET, "/field/", "h1, h2"),
    ("inspector", TABLET, "/field/#/day", "h1:focus"),
    ("inspector", TABLET, "/field/#/rechecks", "h1:focus"),
    ("inspector", TABLET, "/field/#/outbox", "h1:focus"),
    ("inspector", TABLET, "/field/#/statement", "h1:focus"),
    ("inspector", TABLET, "/field/#/mine", "h1:focus"),
    ("inspector", TABLET, "/field/#/pack", "h1:focus"),
    ("inspector", TABLET, "/field/#/tablet", "h1:focus"),
    ("inspector", TABLET, "/field/#/propose", "h1:focus"),
    ("inspector", TABLET, "/field/#/estate/{estate}", "h1:focus"),
    ("inspector", TABLET, "/field/#/estate/{estate}/fire_lane", ".question"),
    ("inspector", TABLET, "/photos/{photo}/mask/", ".mask-frame svg"),
    ("supervisor", DESK, "/cases/", "tbody tr"),
    ("supervisor", DESK, "/cases/?q=nothing", ".empty"),
    ("supervisor", DESK, "/cases/#/{handled}", "figure.swipe"),
    ("supervisor", DESK, "/cases/#/{assigned}", ".history, h1"),
    ("supervisor", DESK, "/cases/new/", "form textarea"),
    ("supervisor", DESK, "/papers/", "tbody tr, .papers li"),
    ("supervisor", DESK, "/papers/#/new?kind=notice&case={assigned}", "article"),
    ("supervisor", DESK, "/papers/#/{paper}", ".paper-facts"),
    ("supervisor", DESK, "/rounds/", "h2, h3"),
    ("supervisor", DESK, "/devices/", "h1"),
    ("company", PHONE, "/company/", ".asked-line"),
    ("company", PHONE, "/company/#/papers", ".paper"),
    ("company", PHONE, "/company/#/case/{assigned}", ".asks"),
    ("company", PHONE, "/company/#/answer/{assigned}", "#note, textarea"),
    ("company", PHONE, "/company/#/ask/{assigned}", "input[type=date]"),
    ("planner", DESK, "/plan/", "h1, h2"),
    ("leader", DESK, "/overview/", ".big-number"),
    ("leader", DESK, "/overview/?measure=rate&by=kind", ".bars li"),
    ("leader", DESK, "/overview/?tab=board", ".board-table"),
    ("leader", DESK, "/overview/?tab=hot", ".hot-spots button"),
    ("leader", DESK, "/overview/?tab=take", ".take a"),
    ("leader", DESK, "/overview/?screen=1", ".screen-head"),
    ("leader", DESK, "/campaign/?as_of=2024-12-20&action=ZX07", ".lights-table"),
    ("leader", DESK, "/campaign/?as_of=2024-12-20&indicator={cleanup}&at=all", ".behind-table"),
    ("leader", DESK, "/campaign/?as_of=2024-12-20&tab=late", ".late-table"),
    ("officer", DESK, "/campaign/ledgers/?month=2024-12", ".ledgers-card"),
    ("officer", DESK, "/campaign/ledgers/cleanups/?month=2024-12", ".ledgers-owed"),
    ("officer", PHONE, "/campaign/ledgers/cleanups/?month=2024-12", ".ledgers-owed"),
    ("clerk", DESK, "/campaign/ledgers/complaints/?as_of=2024-12-20", ".ledgers-counted"),
    ("officer", PHONE, "/campaign/ledgers/complaints/?as_of=2024-12-20", ".ledgers-counted"),
    ("officer", DESK, "/campaign/month/?month=2024-12", ".month-grid"),
    ("officer", PHONE, "/campaign/month/?month=2024-12", ".month-grid"),
    ("supervisor", DESK, "/campaign/month/?month=2024-12", ".month-list"),
    ("officer", DESK, "/campaign/reminders/", ".owed"),
    ("officer", PHONE, "/campaign/reminders/", ".owed"),
    ("supervisor", DESK, "/papers/#/new?kind=oversight&community={community}", "article"),
    ("admin", DESK, "/admin/", "#content"),
    ("admin", DESK, "/admin/inspections/case/", "#content"),
)


@pytest.fixture
def ids(live, as_user, people, estate, settings) -> dict[str, object]:
    """A case with before and after, one that waits for its company, and a paper about that."""
    data = Path(live.environment["XUNTU_DATA"])
    settings.MEDIA_ROOT, settings.UPLOADS_DIR = data / "photos", data / "uploads"
    Series.objects.bulk_create([Series(kind="notice", code="青街改")], ignore_conflicts=True)
    world = handled(as_user, estate)
    case = a_case(as_user("inspector"), estate)
    made(as_user("supervisor"), case, "file")
    case = made(as_user("supervisor"), case, "assign")
    case = made(as_user("company"), case, "claim")
    load_actions()
    cleanup = Indicator.objects.get(code="ZX07-R1").pk
    paper = issued(as_user("supervisor"), a_notice(case))
    told = {"estate": estate.pk, "photo": world.before.pk, "handled": world.case.pk}
    told |= {"community": estate.community_id}
    return told | {"assigned": case.pk, "paper": paper.pk, "cleanup": cleanup}


@pytest.mark.parametrize("language", ["zh-CN", "en-GB"])
def test_no_page_keeps_anybody_out(page_as, context_of, ids, language):
    wrong: dict[str, list[list[str]]] = {}
    pages: dict[str | None, Page] = {}
    for who, size, path, stands in PAGES:
        if language == "en-GB" and path not in IN_ENGLISH:
            continue
        if who not in pages:
            options = {"viewport": size, "locale": language, "reduced_motion": "reduce"}
            pages[who] = page_as(who, **options) if who else context_of(**options).new_page()
            pages[who].context.add_init_script(path=AXE)
            if who == "inspector":
                pages[who].goto("/field/")
                take_pack(pages[who])
        page, address = pages[who], path.format(**ids)
        if who == "inspector":
            # Within the app, which says by the focus that it has arrived.
            page.evaluate("document.activeElement?.blur()")
        else:
            # From nowhere: what only differs behind # would not be opened anew.
            page.goto("about:blank")
        page.goto(address)
        expect(page.locator(f"main :is({stands})").first, address).to_be_visible()
        found = page.evaluate(LOOK, {"theme": "light", "only": None})
        for theme in ("dark", "outdoor"):
            found += page.evaluate(LOOK, {"theme": theme, "only": ["color-contrast"]})
        if found:
            wrong[f"{who} {path}"] = found
    assert wrong == {}
