"""What a page must not do: complain, break the content security policy, ask anyone outside."""

import re
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request

# The browser tells a broken policy to the page alone, so the page passes it on.
TELL_VIOLATIONS = """
addEventListener("securitypolicyviolation", (event) =>
  console.error(`CSP: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`));
"""


class Watch:
    """Everything that went wrong in a context. `expected`: parts of words that may come up, such
    as the status a test is about."""

    def __init__(self, context: BrowserContext, home: str, expected: tuple[str, ...]) -> None:
        self.home = urlsplit(home).netloc
        self.expected = expected
        self.wrong: list[str] = []
        context.add_init_script(TELL_VIOLATIONS)
        context.on("request", self._asked)
        context.on("page", self._opened)

    def _opened(self, page: Page) -> None:
        page.on("console", self._said)
        page.on("pageerror", lambda error: self._note(f"error: {error}"))

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            where = message.location.get("url", "")
            self._note(f"{message.type}: {message.text} ({where})")

    def _asked(self, request: Request) -> None:
        scheme, host, *_ = urlsplit(request.url)
        if scheme not in ("data", "blob") and host != self.home:
            self._note(f"asked outside: {request.url}")

    def _note(self, what: str) -> None:
        if not any(re.search(part, what) for part in self.expected):
            self.wrong.append(what)
