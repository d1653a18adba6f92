"""A real server, a real Chromium, and people signed in to it."""

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.test import Client
from playwright.sync_api import Browser, Page, Playwright, expect, sync_playwright

from people.models import User
from tests.browser.line import Line
from tests.browser.server import Server
from tests.browser.tablet import PATIENCE_MS, UNSEEN, WITH_MAP, WITHOUT_MAP, Tablet
from tests.browser.watch import Watch
from tests.conftest import PASSWORD

# Playwright keeps an event loop in this thread, and nothing else runs in it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
expect.set_options(timeout=PATIENCE_MS)

# 10-inch tablet and desk, the tablet upright, a phone.
DESK = {"width": 1280, "height": 800}
TABLET = {"width": 800, "height": 1280}
PHONE = {"width": 390, "height": 844}

PLAYWRIGHTS = "AvoidUnnecessaryBeforeUnloadCheckSync,DestroyProfileOnBrowserClose,HttpsUpgrades,"
PLAYWRIGHTS += "HttpsFirstBalancedModeAutoEnable,LensOverlay,MediaRouter,PaintHolding,"
PLAYWRIGHTS += "ThirdPartyStoragePartitioning,OptimizationHints,NetworkTimeServiceQuerying"
PLAIN = ["--no-sandbox", "--no-first-run"]
PLAIN += ["--disable-background-networking", "--disable-component-update"]
# Of several such lists the last one holds: these are Playwright's own, and ours.
PLAIN += [f"--disable-features={PLAYWRIGHTS},{UNSEEN}"]
CHROMIUM = [*PLAIN, *WITHOUT_MAP]


@pytest.fixture(scope="session")
def system_chromium() -> str | None:
    return (
        os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    )


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(playwright, system_chromium) -> Iterator[Browser]:
    chromium = playwright.chromium.launch(executable_path=system_chromium, args=CHROMIUM)
    yield chromium
    chromium.close()


@pytest.fixture(scope="session")
def drawing(playwright, system_chromium) -> Iterator[Browser]:
    """Draws maps, without a graphics card: that costs more than all else of a page."""
    args = [*PLAIN, *WITH_MAP]
    chromium = playwright.chromium.launch(executable_path=system_chromium, args=args)
    yield chromium
    chromium.close()


@pytest.fixture(scope="session")
def _running(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[Server]:
    with django_db_blocker.unblock():
        server = Server(tmp_path_factory.mktemp("live"), pages=True)
    yield server
    server.stop()


@pytest.fixture
def live(_running, transactional_db) -> Iterator[Server]:
    """The server, running, on the rows of this test."""
    yield _running
    _running.ready_again()


@pytest.fixture
def context_of(request, browser, live) -> Iterator[Callable[..., Any]]:
    """A new window on this server; the test fails for whatever its pages complain of.

    With `draws=True` its pages have a map; without, they say that they have none. `expected` are
    parts of complaints that may come up; all else goes to Playwright's own new_context, as
    `viewport=PHONE` or `locale="en-GB"`.
    """
    opened = []

    def context(*, draws: bool = False, expected: tuple[str, ...] = (), **options: Any) -> Any:
        told = {"viewport": DESK, "locale": "zh-CN", "base_url": live.url} | options
        chromium = request.getfixturevalue("drawing") if draws else browser
        made = chromium.new_context(**told)
        made.set_default_timeout(PATIENCE_MS)
        opened.append((made, Watch(made, live.url, expected)))
        return made

    yield context
    wrong = [each for _, watch in opened for each in watch.wrong]
    for made, _ in opened:
        made.close()
    assert wrong == []


@pytest.fixture
def page_as(context_of, people, live) -> Callable[..., Page]:
    """`page_as("planner", viewport=PHONE)`: a page of that person, already signed in."""

    def page(name: str, **options: Any) -> Page:
        made = context_of(**options)
        client = Client()
        client.force_login(people[name], "django.contrib.auth.backends.ModelBackend")
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        made.add_cookies([{"name": "sessionid", "value": session, "url": live.url}])
        return made.new_page()

    return page


@pytest.fixture
def sign_in() -> Callable[[Page, User], None]:
    """By the sign-in page, with the password of the demonstration."""

    def by_hand(page: Page, user: User) -> None:
        # Hashed as the server reads it, and quickly.
        user.password = PBKDF2PasswordHasher().encode(PASSWORD, "salt", iterations=1)
        user.save(update_fields=["password"])
        page.fill("input[name=username]", user.username)
        page.fill("input[name=password]", PASSWORD)
        page.press("input[name=password]", "Enter")

    return by_hand


@pytest.fixture
def line(live) -> Iterator[Line]:
    """Between a tablet and the server."""
    made = Line(live.port)
    yield made
    made.close()


@pytest.fixture
def tablet_of(playwright, system_chromium, line, tmp_path) -> Iterator[Callable[..., Tablet]]:
    """A switched-on tablet at the end of the line; the test fails for whatever its pages complain
    of, but for the network."""
    made: list[Tablet] = []

    def switched_on(**options: Any) -> Tablet:
        data = tmp_path / f"tablet-{len(made)}"
        made.append(Tablet(playwright, system_chromium or "chromium", data, line.url, **options))
        return made[-1]

    yield switched_on
    for each in made:
        if each.process.poll() is None:
            each.lose_power()
    assert [wrong for each in made for wrong in each.wrong] == []


@pytest.fixture
def tablet(tablet_of) -> Tablet:
    return tablet_of()
