"""One POST to an address outside: only where it may go, and never for long.

A name is looked up once, every address it has is judged, and the connection is made to a judged
address itself: a name that answers differently a moment later leads nowhere else. Nothing is
read of an answer but its status, and no redirect is followed.
"""

import re
import socket
import ssl
from collections.abc import Mapping, Sequence
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from time import monotonic
from urllib.parse import SplitResult, quote, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

CONNECT_SECONDS = 5.0
WHOLE_SECONDS = 15.0
MOST_HEAD = 16_384
PORTS = {"http": 80, "https": 443}

Address = IPv4Address | IPv6Address

# What carries the address of another network inside: it may end up anywhere.
_CARRIERS = tuple(
    IPv6Network(each) for each in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32")
)
_UNICAST = IPv6Network("2000::/3")
_END = re.compile(rb"\r?\n\r?\n")
_STATUS = re.compile(rb"HTTP/1\.[01] (\d{3})(?: |\r?\n|$)")


class Unreachable(Exception):
    """Nobody answered; said is why. Another message would fare no better now."""


class NotThere(Unreachable):
    """The address may not be reached from here, whoever answers there."""


def post(url: str, body: bytes, headers: Mapping[str, str]) -> int:
    """The status of the answer. Raises Unreachable, or NotThere."""
    until = monotonic() + WHOLE_SECONDS
    parts = checked(url)
    port = parts.port or PORTS[parts.scheme]
    host = (parts.hostname or "").encode("idna").decode()
    try:
        with _connected(host, port, parts.scheme, until) as line:
            line.settimeout(_left(until))
            line.sendall(_request(parts, host, body, headers))
            return _status(line, until)
    except ssl.SSLCertVerificationError as e:
        raise Unreachable(_("its certificate does not hold: %s") % e.verify_message) from e
    except TimeoutError as e:
        raise Unreachable(_("no answer in time")) from e
    except OSError as e:
        raise Unreachable(e.strerror or str(e)) from e


def checked(url: str) -> SplitResult:
    """An address that could be told at all. Raises NotThere, saying why not."""
    try:
        parts = urlsplit(url)
        known = parts.scheme in PORTS and parts.hostname and parts.port != 0
        (parts.hostname or "").encode("idna")
    except ValueError:  # a port, an address in brackets or a name that can't be
        known = False
    if not known:
        raise NotThere(_("An address such as https://grid.example.cn/xuntu is needed."))
    if parts.username is not None or parts.password is not None:
        raise NotThere(_("No name and password in the address: messages are signed."))
    return parts


def may_reach(address: Address, scheme: str) -> bool:
    """The open internet by https; networks of the office's own, as the setting names them, by
    either."""
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    if any(address in network for network in settings.WEBHOOK_NETWORKS):
        return True
    if scheme != "https" or address.is_multicast or not address.is_global:
        return False
    if isinstance(address, IPv4Address):
        return True
    return address in _UNICAST and not any(address in carrier for carrier in _CARRIERS)


def _connected(host: str, port: int, scheme: str, until: float) -> socket.socket:
    problem: OSError | None = None
    for family, target in _targets(host, port, scheme):
        line = socket.socket(family, socket.SOCK_STREAM)
        try:
            line.settimeout(min(CONNECT_SECONDS, _left(until)))
            line.connect(target)
            if scheme == "https":
                line.settimeout(_left(until))
                return ssl.create_default_context().wrap_socket(line, server_hostname=host)
        except OSError as e:
            line.close()
            problem = e
        else:
            return line
    raise problem or TimeoutError


def _targets(host: str, port: int, scheme: str) -> Sequence[tuple[int, tuple[str, int]]]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except socket.gaierror as e:
        raise Unreachable(_("its name is not known")) from e
    targets = []
    for family, _type, _protocol, _name, target in found:
        # Without the zone of a link-local address: such a one is never reached.
        address = ip_address(str(target[0]).partition("%")[0])
        if may_reach(address, scheme):
            targets.append((family, (str(address), port)))
    if not targets:
        raise NotThere(_("It leads to an address that may not be reached from here."))
    return targets


def _request(parts: SplitResult, host: str, body: bytes, headers: Mapping[str, str]) -> bytes:
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=-._~")
    if parts.query:
        path += "?" + quote(parts.query, safe="/?%:@!$&'()*+,;=-._~")
    named = f"[{host}]" if ":" in host else host
    lines = {
        "Host": named if parts.port is None else f"{named}:{parts.port}",
        "User-Agent": "Xuntu",
        "Content-Type": "application/json",
        "Content-Length": str(len(body)),
        "Accept": "*/*",
        "Connection": "close",
        **headers,
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return f"POST {path} HTTP/1.1\r\n{head}\r\n".encode("ascii") + body


def _status(line: socket.socket, until: float) -> int:
    read = b""
    while True:
        if end := _END.search(read):
            told = _STATUS.match(read)
            if told is None:
                raise Unreachable(_("what it answered is no HTTP"))
            if (status := int(told[1])) >= 200:
                return status
            read = read[end.end() :]  # 100 Continue and such: the answer comes after it
            continue
        if len(read) > MOST_HEAD:
            raise Unreachable(_("its answer begins too long"))
        line.settimeout(_left(until))
        chunk = line.recv(4096)
        if not chunk:
            raise Unreachable(_("it hung up without an answer"))
        read += chunk


def _left(until: float) -> float:
    left = until - monotonic()
    if left <= 0:
        raise TimeoutError
    return left
