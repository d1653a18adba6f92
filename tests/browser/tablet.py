"""A tablet: a Chromium of its own with its own data, that can lose its power at any moment."""

import json
import os
import re
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.test import Client
from playwright.sync_api import ConsoleMessage, Page, Playwright
from playwright.sync_api import Error as PlaywrightError

from people.models import User
from tests.browser.mishaps import power_goes_after
from tests.browser.watch import Watch

# Of a page; a machine with much to do is slow, not wrong.
PATIENCE_MS = 60_000
SIZE = {"width": 800, "height": 1280}
# A line that is cut, and a server that says no, are what these tests are about.
AWAY = (r"net::ERR_", r"Failed to load resource", r"Failed to fetch", "ServiceWorker")
FLAGS = ["--headless=new", "--no-sandbox", "--no-first-run", "--remote-debugging-port=0"]
FLAGS += ["--disable-extensions", "--hide-scrollbars"]
FLAGS += ["--disable-background-networking", "--disable-component-update"]
FLAGS += ["--disable-sync", "--disable-default-apps", "--mute-audio", "--password-store=basic"]
# Two pages below the address bar, that nobody sees, cost as much as a page of ours in each window.
UNSEEN = "WebUIOmniboxPopup,WebUIOmniboxAimPopup"
# Else a page is told ten gigabytes whatever the disk has.
FLAGS += [f"--disable-features=StaticStorageQuota,{UNSEEN}"]
FLAGS += ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
# A map without a graphics card costs more than all else together: most journeys go by the lists.
WITH_MAP = ["--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
WITHOUT_MAP = ["--disable-gpu", "--disable-3d-apis"]


class Tablet:
    def __init__(
        self,
        playwright: Playwright,
        chromium: str,
        data: Path,
        home: str,
        *,
        language: str = "zh-CN",
        draws: bool = False,
    ) -> None:
        self.playwright = playwright
        self.command = [chromium, *FLAGS, *(WITH_MAP if draws else WITHOUT_MAP)]
        self.command += [f"--user-data-dir={data}", "about:blank"]
        (data / "Default").mkdir(parents=True)
        wishes = {"intl": {"accept_languages": language, "selected_languages": language}}
        (data / "Default" / "Preferences").write_text(json.dumps(wishes))
        self.home = home
        self.session = ""
        self.place: dict[str, float] | None = None
        self.wrong: list[str] = []
        self.expected: tuple[str, ...] = AWAY
        self.offline = False
        self.switch_on()

    def switch_on(self) -> None:
        self.dying = False
        self.process = subprocess.Popen(
            self.command,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        assert self.process.stderr is not None
        address = next(
            found[1]
            for line in self.process.stderr
            if (found := re.search(r"DevTools listening on (ws://\S+)", line))
        )
        self.browser = self.playwright.chromium.connect_over_cdp(address)
        self.context: Any = self.browser.contexts[0]
        self.context.set_default_timeout(PATIENCE_MS)
        self.watch = Watch(self.context, self.home, self.expected)
        self.context.on("console", self._said)
        if self.session:
            self._take_session()
        if self.place:
            self.stand_at(self.place)
        if self.offline:
            self.go_offline(True)

    @property
    def on(self) -> bool:
        # The line to a process that was killed may end before the process has.
        return not self.dying and self.process.poll() is None

    def _said(self, message: ConsoleMessage) -> None:
        if message.text == "the power goes":
            self.dying = True
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(PATIENCE_MS / 1000)

    def loses_power(
        self, act: Callable[[], object], writes: int | None, surely: bool = True
    ) -> bool:
        """Does it with a page that is opened now, until so many writes to the journal were made.
        Then it is switched on again; unless `surely`, it says whether the power went at all."""
        self.context.add_init_script(power_goes_after(writes))
        try:
            act()
            if surely and self.on:
                self.context.pages[-1].wait_for_event("close")
        except (PlaywrightError, AssertionError):
            if self.on:
                raise
        if self.on:
            return False
        self._gone()
        self.switch_on()
        return True

    def go_offline(self, offline: bool) -> None:
        """As in flight mode: the browser itself knows of it."""
        self.offline = offline
        if self.on:
            self.context.set_offline(offline)

    def lose_power(self) -> None:
        """Every process of this Chromium ends between two instructions."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self._gone()

    def switch_off(self) -> None:
        """Closed as a person closes it."""
        if self.process.poll() is None:
            self.browser.new_browser_cdp_session().send("Browser.close")
        self._gone()

    def _gone(self) -> None:
        self.process.wait(PATIENCE_MS / 1000)
        assert self.process.stderr is not None
        self.process.stderr.close()
        self.wrong += self.watch.wrong
        self.browser.close()

    def sign_in(self, person: User) -> None:
        """As by the sign-in page. The browser may write cookies to its disk half a minute later,
        so the session is given again after each start."""
        client = Client()
        client.force_login(person, "django.contrib.auth.backends.ModelBackend")
        self.session = client.cookies[settings.SESSION_COOKIE_NAME].value
        self._take_session()

    def sign_out(self) -> None:
        self.session = ""
        self.context.clear_cookies()

    def _take_session(self) -> None:
        name = settings.SESSION_COOKIE_NAME
        self.context.add_cookies([{"name": name, "value": self.session, "url": self.home}])

    def stand_at(self, place: dict[str, float]) -> None:
        self.place = place
        self.context.grant_permissions(["geolocation"], origin=self.home)
        self.context.set_geolocation(place)

    def open(self, path: str = "/field/") -> Page:
        page: Page = self.context.new_page()
        page.set_viewport_size(SIZE)
        page.goto(f"{self.home}{path}")
        return page
