"""Reading what is taken away as whoever opens it would."""

import json
import re
from typing import Any

from django.http import HttpResponse

MAP, PAGE = "/overview/map.html", "/overview/page.pdf"
DAY = "2024-12-20"


def taken(client, address: str = MAP, language: str = "en", **query: Any) -> HttpResponse:
    told = {"as_of": DAY, **query}
    reply = client.get(address, told, headers={"accept-language": language})
    assert reply.status_code == 200, reply.content
    return reply


def told_by(reply: HttpResponse) -> dict[str, Any]:
    """What the file draws its map from."""
    (told,) = re.findall(
        r'type="application/json" id="told">(.*?)</script>', reply.content.decode()
    )
    return json.loads(told)


def stamped(reply: HttpResponse) -> dict[str, str]:
    return dict(re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", reply.content.decode()))
