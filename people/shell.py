"""The field app as one thing: which files it is made of, by content.

A tablet keeps these files for weeks without a network. The list is read from the page itself and
from the imports of its modules, so that a new module needs to be named nowhere; it also holds
what the page never asks for but its map does.
"""

import functools
import hashlib
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils import translation

PAGE = "/field/"
# A browser asks the service worker for the script of another worker only where that script's
# address lies below /field/: each has one there, which says where it really is.
WORKERS = {
    "map": "/static/vendor/maplibre-gl/maplibre-gl-worker.mjs",
    "qr": "/static/app/qr_worker.js",
}

_OF_PAGE = re.compile(r"<(?:link|script|img)\b[^>]*?\b(?:href|src)=\"(/static/[^\"]+)\"")
_STATIC_IMPORT = re.compile(
    r"(?:^|[;}])\s*(?:import|export)\b(?:[^;\"'`()]*?\bfrom)?\s*[\"']([^\"']+)[\"']", re.MULTILINE
)
# Also written inside comments, where they name types and load nothing.
_LATER_IMPORT = re.compile(r"\bimport(?:\.meta\.resolve)?\(\"([^\"]+)\"\)")
_OF_STYLE = re.compile(r"url\(\s*[\"']?(?!data:|#)([^\"')]+)")


@dataclass(frozen=True)
class Shell:
    """`files`: SHA-256 by address. `worker`: the whole text of the service worker."""

    version: str
    page: str
    files: dict[str, str]
    worker: str


def shell() -> Shell:
    """Read once in each process; where files are served as they are edited, each time."""
    return _read() if settings.WHITENOISE_USE_FINDERS else _kept()


@functools.cache
def _kept() -> Shell:
    return _read()


def _read() -> Shell:
    draft = _page("")
    found = {f"{PAGE}workers/{name}.js": worker_text(name).encode() for name in WORKERS}
    waiting = [*_OF_PAGE.findall(draft), *WORKERS.values()]
    while waiting:
        address = waiting.pop()
        if address not in found:
            found[address] = _static_file(address).read_bytes()
            waiting += _needed_by(address, found[address])
    files = {address: _sha256(found[address]) for address in sorted(found)}
    worker = (settings.STATIC_DIR / "app" / "worker.js").read_text("utf-8")
    # The page's policy comes with it as a header, and is kept with it.
    made_of = [*files.items(), draft, worker, settings.CONTENT_SECURITY_POLICY]
    version = _sha256(repr(made_of).encode())[:12]
    page = _page(version)
    files[PAGE] = _sha256(page.encode())
    told = "".join(f'  "{address}": "{sha256}",\n' for address, sha256 in files.items())
    head = f'self.SHELL = {{ version: "{version}", files: {{\n{told}}} }};\n'
    return Shell(version=version, page=page, files=files, worker=head + worker)


def modules_of(address: str) -> list[str]:
    """The addresses of all that a module imports at once, itself among them: a page that names them
    has them in one go, not one after the other."""
    return _modules(address) if settings.WHITENOISE_USE_FINDERS else _kept_modules(address)


@functools.cache
def _kept_modules(address: str) -> list[str]:
    return _modules(address)


def _modules(address: str) -> list[str]:
    found: dict[str, None] = {}
    waiting = [address]
    while waiting:
        module = waiting.pop()
        if module not in found:
            found[module] = None
            text = _static_file(module).read_text("utf-8")
            waiting += [_absolute(module, path) for path in _STATIC_IMPORT.findall(text)]
    return list(found)


def worker_text(name: str) -> str:
    return f'import "{WORKERS[name]}";\n'


def _page(version: str) -> str:
    """The same for everyone, whoever asks and in whatever language."""
    with translation.override(settings.LANGUAGE_CODE):
        return render_to_string(
            settings.SHELL_PAGE, {"import_map": settings.IMPORT_MAP, "version": version}
        )


def _needed_by(address: str, content: bytes) -> Iterator[str]:
    if address.endswith((".js", ".mjs")):
        yield from _imports(address, content.decode())
    elif address.endswith(".css"):
        for path in _OF_STYLE.findall(content.decode()):
            yield _absolute(address, path)


def _imports(address: str, text: str) -> Iterator[str]:
    for path in _STATIC_IMPORT.findall(text):
        yield _absolute(address, path)
    if address.startswith("/static/vendor/"):
        return
    for line in text.splitlines():
        if not line.lstrip().startswith(("*", "/*", "//")):
            before_comment = line.partition("/**")[0]
            for path in _LATER_IMPORT.findall(before_comment):
                yield _absolute(address, path)


def _absolute(address: str, path: str) -> str:
    """As a browser resolves it: by the import map, or beside the file that names it."""
    if path.startswith("/"):
        return path
    if path.startswith("."):
        return posixpath.normpath(posixpath.join(posixpath.dirname(address), path))
    if path in settings.IMPORTS:
        return str(settings.IMPORTS[path])
    folders = [name for name in settings.IMPORTS if name.endswith("/") and path.startswith(name)]
    if address.endswith(".css") or not folders:
        return posixpath.join(posixpath.dirname(address), path)
    folder = max(folders, key=len)
    return f"{settings.IMPORTS[folder]}{path.removeprefix(folder)}"


def _static_file(address: str) -> Path:
    """The very file that is served there."""
    name = address.removeprefix(settings.STATIC_URL)
    if settings.WHITENOISE_USE_FINDERS and (found := finders.find(name)):
        return Path(found)
    return settings.STATIC_ROOT / name


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
