"""A tablet as the pack sees it: it fetches what the manifest names, and forgets what is gone."""

from hashlib import sha256
from typing import Any

WHOLE = {"kinds", "looked", "rounds", "people", "calendar"}


class Tablet:
    def __init__(self, client: Any, *communities: int) -> None:
        self.client = client
        self.communities = communities
        self.cursor = ""
        self.held: dict[str, dict[Any, Any]] = {}
        self.calendar: dict[str, Any] = {}

    def ask(self, **headers: str) -> Any:
        asked = {"community": self.communities} | ({"since": self.cursor} if self.cursor else {})
        return self.client.get("/api/v1/pack/", asked, headers=headers)

    def take(self) -> dict[str, Any]:
        """The manifest; what it names is held afterwards."""
        reply = self.ask()
        assert reply.status_code == 200, reply.content
        manifest = reply.json()
        if manifest["full"]:
            self.held = {}
        for part in manifest["parts"]:
            self.put(part["name"], self.fetch(part))
        self.cursor = manifest["cursor"]
        return manifest

    def fetch(self, part: dict[str, Any]) -> dict[str, Any]:
        reply = self.client.get(part["url"])
        assert reply.status_code == 200, reply.content
        body = reply.content
        assert (len(body), sha256(body).hexdigest()) == (part["bytes"], part["sha256"])
        return reply.json()

    def put(self, name: str, part: dict[str, Any]) -> None:
        if name == "calendar":
            self.calendar = part
        rows = self.held.setdefault(name, {})
        if name in WHOLE:
            rows.clear()
        for id in part["gone"]:
            rows.pop(id, None)
        rows |= {row["id"]: row for row in part["rows"]}

    def ids(self, name: str) -> set[Any]:
        return set(self.held.get(name, {}))


def names(manifest: dict[str, Any]) -> list[str]:
    return [part["name"] for part in manifest["parts"]]
