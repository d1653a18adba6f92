"""Where webhooks go, and where they never do: no private address, no other one in its place."""

import socket
import ssl
import subprocess
import threading
from collections.abc import Callable
from ipaddress import ip_address, ip_network
from itertools import count

import pytest

from inspections.services.hooks import reaching
from inspections.services.hooks.reaching import NotThere, Unreachable, may_reach, post
from tests.outside import Outside

LOOPBACK = ip_network("127.0.0.0/8")
NEVER = (
    "127.0.0.1",
    "127.8.9.1",
    "0.0.0.0",  # noqa: S104 nobody listens there
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "100.64.0.1",
    "169.254.169.254",
    "192.0.0.1",
    "198.18.0.1",
    "203.0.113.7",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:169.254.169.254",
    "::127.0.0.1",
    "64:ff9b::a00:1",
    "64:ff9b:1::1",
    "2002:7f00:1::",
    "2001::7f00:1",
    "2001:db8::1",
    "fc00::1",
    "fd12::1",
    "fe80::1",
    "fec0::1",
    "ff02::1",
    "100::1",
)
PUBLIC = ("8.8.8.8", "114.114.114.114", "2400:3200::1", "::ffff:114.114.114.114")


@pytest.fixture(autouse=True)
def no_networks(settings):
    settings.WEBHOOK_NETWORKS = []


@pytest.fixture
def outside(settings):
    settings.WEBHOOK_NETWORKS = [LOOPBACK]
    server = Outside()
    yield server
    server.stop()


@pytest.fixture
def named(monkeypatch):
    """What a name leads to, each time that it is looked up."""
    looked_up = []

    def leads_to(*answers: list[str]) -> list[str]:
        turns = list(answers)

        def look_up(host, port, **_):
            looked_up.append(host)
            found = turns.pop(0) if len(turns) > 1 else turns[0]
            return [
                (
                    socket.AF_INET6 if ":" in each else socket.AF_INET,
                    socket.SOCK_STREAM,
                    6,
                    "",
                    (each, port, 0, 0) if ":" in each else (each, port),
                )
                for each in found
            ]

        monkeypatch.setattr(socket, "getaddrinfo", look_up)
        return looked_up

    return leads_to


@pytest.fixture
def connections(monkeypatch):
    """To which addresses it was tried to connect; none answers."""
    tried = []

    def connect(self, target):
        tried.append(target[0])
        raise ConnectionRefusedError(111, "Connection refused")

    monkeypatch.setattr(socket.socket, "connect", connect)
    return tried


@pytest.mark.parametrize("address", NEVER)
@pytest.mark.parametrize("scheme", ["https", "http"])
def test_an_address_that_is_not_public_is_never_reached(named, connections, address, scheme):
    assert not may_reach(ip_address(address), scheme)
    named([address])
    with pytest.raises(NotThere):
        post(f"{scheme}://grid.example.cn/hook", b"{}", {})
    assert connections == []


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_is_reached_by_tls_alone(named, connections, address):
    named([address])
    with pytest.raises(Unreachable):
        post("https://grid.example.cn/hook", b"{}", {})
    assert [ip_address(each) for each in connections] == [ip_address(address)]
    with pytest.raises(NotThere):
        post("http://grid.example.cn/hook", b"{}", {})
    assert len(connections) == 1


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://127.1/",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://localhost/",
        "https://[::1]/",
        "https://[::ffff:7f00:1]/",
        "https://[fe80::1%25lo]/",
        "http://169.254.169.254/latest/meta-data/",
        "https://0/",
    ],
)
def test_however_an_address_of_this_machine_is_written(connections, url):
    with pytest.raises(Unreachable):
        post(url, b"{}", {})
    assert connections == []


def test_of_a_name_with_several_addresses_only_those_that_may_be_are_tried(named, connections):
    named(["10.0.0.1", "114.114.114.114", "::1", "169.254.169.254"])
    with pytest.raises(Unreachable):
        post("https://grid.example.cn/hook", b"{}", {})
    assert connections == ["114.114.114.114"]


def test_a_name_is_looked_up_once_and_its_next_answer_leads_nowhere(named, connections):
    looked_up = named(["114.114.114.114"], ["127.0.0.1"])
    with pytest.raises(Unreachable):
        post("https://grid.example.cn/hook", b"{}", {})
    assert (looked_up, connections) == (["grid.example.cn"], ["114.114.114.114"])
    with pytest.raises(NotThere):
        post("https://grid.example.cn/hook", b"{}", {})
    assert connections == ["114.114.114.114"]


def test_a_network_of_the_offices_own_is_reached_where_the_setting_names_it(settings, outside):
    assert post(f"{outside.address}/hook?a=b%20c&ü=1", b'{"a": 1}', {"Xuntu-Telling": "7"}) == 204
    ((headers, body, path),) = outside.got
    assert (headers["Xuntu-Telling"], body, path) == ("7", b'{"a": 1}', "/hook?a=b%20c&%C3%BC=1")
    settings.WEBHOOK_NETWORKS = [ip_network("10.20.0.0/16")]
    with pytest.raises(NotThere):
        post(outside.address, b"{}", {})
    assert len(outside.got) == 1


def test_a_redirect_leads_nowhere(outside):
    outside.answers = [302]
    assert post(outside.address, b"{}", {}) == 302
    assert len(outside.got) == 1


@pytest.mark.parametrize(
    "url",
    [
        "ftp://grid.example.cn/",
        "file:///etc/passwd",
        "https:///hook",
        "https://grid.example.cn:0/",
        "https://grid.example.cn:99999/",
        "https://[::1/",
        "https://me:secret@grid.example.cn/",
        "grid.example.cn",
        "https://" + "x" * 70 + ".cn/",
        "",
    ],
)
def test_what_is_no_address_for_this_is_refused(connections, url):
    with pytest.raises(NotThere):
        post(url, b"{}", {})
    assert connections == []


def test_nothing_else_can_be_written_into_a_request(outside):
    assert post(f"{outside.address}/a\r\nX-Evil: 1\r\n\r\n b", b"{}", {}) == 204
    ((headers, _, path),) = outside.got
    assert "X-Evil" not in headers
    assert path == "/aX-Evil:%201%20b"


def answering(*parts: bytes, when: Callable[[], object] = bool) -> int:
    """A server that says just this to whoever comes, each part when it may, and hangs up; its
    port."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        with listener:
            line, _ = listener.accept()
            with line:
                line.recv(65536)
                for part in parts:
                    when()
                    try:
                        line.sendall(part)
                    except OSError:
                        return

    threading.Thread(target=serve, daemon=True).start()
    port: int = listener.getsockname()[1]
    return port


ANSWERS = {
    b"HTTP/1.1 200 OK\r\n\r\n": 200,
    b"HTTP/1.0 202\r\n\r\n": 202,
    b"HTTP/1.1 204 \n\n": 204,
    b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early\r\nA: b\r\n\r\nHTTP/1.1 201 Yes\r\n\r\n": 201,
    b"HTTP/1.1 500 No\r\nContent-Length: 99999999\r\n\r\nnot read": 500,
}


@pytest.mark.parametrize("answer", ANSWERS)
def test_of_an_answer_only_its_status_is_read(settings, answer):
    settings.WEBHOOK_NETWORKS = [LOOPBACK]
    # In pieces, as a line brings them.
    half = len(answer) // 2
    port = answering(answer[:half], answer[half:])
    assert post(f"http://127.0.0.1:{port}/", b"{}", {}) == ANSWERS[answer]


@pytest.mark.parametrize(
    "answer",
    [b"", b"HTTP/1.1 200 OK\r\n", b"SSH-2.0-x\r\n\r\n", b"HTTP/1.1 2000\r\n\r\n", b"x" * 100_000],
)
def test_what_is_no_answer_is_a_problem_and_no_more(settings, answer):
    settings.WEBHOOK_NETWORKS = [LOOPBACK]
    with pytest.raises(Unreachable) as raised:
        post(f"http://127.0.0.1:{answering(answer)}/", b"{}", {})
    assert str(raised.value)


def test_a_server_that_takes_its_time_is_not_waited_for(settings, monkeypatch):
    """Each byte in time, and never an end: whenever we look at the clock, a second is over and
    another byte is there."""
    settings.WEBHOOK_NETWORKS = [LOOPBACK]
    looked, seconds = threading.Semaphore(0), count()

    def monotonic() -> float:
        looked.release()
        return next(seconds)

    monkeypatch.setattr(reaching, "monotonic", monotonic)
    port = answering(*[b"x"] * 100, when=looked.acquire)
    with pytest.raises(Unreachable):
        post(f"http://127.0.0.1:{port}/", b"{}", {})
    assert next(seconds) == reaching.WHOLE_SECONDS + 1


@pytest.fixture
def certificate(tmp_path):
    """Of 127.0.0.1, signed by nobody that is trusted."""
    key, cert = tmp_path / "key.pem", tmp_path / "cert.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1"),
            *("-keyout", str(key), "-out", str(cert), "-subj", "/CN=grid"),
            *("-addext", "subjectAltName=IP:127.0.0.1"),
        ],
        check=True,
        capture_output=True,
    )
    return cert, key


def test_a_certificate_must_hold(settings, certificate, monkeypatch):
    settings.WEBHOOK_NETWORKS = [LOOPBACK]
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(*certificate)
    server = Outside(tls)
    try:
        with pytest.raises(Unreachable, match="self-signed"):
            post(server.address, b"{}", {})
        assert server.got == []
        # An office's own authority is named to the system, as for any other program.
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
        assert post(server.address, b"{}", {}) == 204
        with pytest.raises(Unreachable):
            post(f"https://localhost:{server.port}/", b"{}", {})  # not what it is made out to
        assert len(server.got) == 1
    finally:
        server.stop()
