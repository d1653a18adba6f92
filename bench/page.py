"""The leaders' page in Chromium: what it weighs, and when its map is complete."""

import os
from statistics import median
from time import perf_counter

from django.conf import settings
from django.test import Client as Browser
from playwright.sync_api import BrowserContext, Request, sync_playwright

from bench.figures import Figure
from bench.load import ROUNDS
from bench.office import web
from people.models import User

ALL = "/overview/?since="
NONE = "/overview/?since=2000-01-01&until=2000-01-02"
ARGUMENTS = [
    "--no-sandbox",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--disable-background-networking",
]
QUIET_S = 1.0


def measure(dsn: str) -> dict[str, Figure]:
    session = session_of(User.objects.get(username="bench"))
    took: dict[str, list[float]] = {}
    weight: dict[str, list[int]] = {}
    with web(DEBUG="1") as port, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM") or "/usr/bin/chromium", args=ARGUMENTS
        )
        for _ in range(ROUNDS):
            for name, path in (("no findings", NONE), ("all findings", ALL)):
                address = f"http://127.0.0.1:{port}"
                context = chromium.new_context(viewport={"width": 1280, "height": 800})
                context.add_cookies(
                    [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": address}]
                )
                for visit in ("first", "again") if path == ALL else ("first",):
                    seconds, size = _visit(context, address + path)
                    took.setdefault(f"page with {name}, {visit}", []).append(seconds)
                    weight.setdefault(f"page with {name}, {visit}", []).append(size)
                context.close()
        chromium.close()
    return {
        name: {"s": median(times), "kB": median(weight[name]) / 1000}
        for name, times in took.items()
    } | {
        "page, all against none": {
            "ratio": median(took["page with all findings, first"])
            / median(took["page with no findings, first"])
        }
    }


def session_of(person: User) -> str:
    """The key of a new session."""
    signed_in = Browser()
    signed_in.force_login(person, "django.contrib.auth.backends.ModelBackend")
    key: str = signed_in.cookies[settings.SESSION_COOKIE_NAME].value
    return key


def _visit(context: BrowserContext, address: str) -> tuple[float, int]:
    """Seconds until the last tile was there (nothing followed for a second), and bytes."""
    page = context.new_page()
    done: list[Request] = []
    begun = last = perf_counter()

    def came(request: Request) -> None:
        nonlocal last
        last = perf_counter()
        done.append(request)

    page.on("requestfinished", came)
    page.goto(address)
    while perf_counter() - last < QUIET_S or not page.locator("canvas").count():
        if perf_counter() - begun > 60:
            raise RuntimeError("the page does not come to rest")
        page.wait_for_timeout(50)
    page.remove_listener("requestfinished", came)
    took = last - begun
    sizes = [each.sizes() for each in done]
    page.close()
    return took, sum(each["responseBodySize"] + each["responseHeadersSize"] for each in sizes)
