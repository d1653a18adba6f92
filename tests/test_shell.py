"""The field app as it is kept by tablets: which files, by content, and who is given them."""

import hashlib
import re

import pytest
from django.conf import settings as configured
from rest_framework.test import APIClient

from people.shell import WORKERS, modules_of, shell

APP = configured.STATIC_DIR / "app"
# What desks run, and no tablet: the leader's, the planner's and the clerk's pages.
DESKS = ("admin/", "screens/overview/", "screens/plan/")


@pytest.fixture(autouse=True)
def served_as_edited(settings) -> None:
    settings.WHITENOISE_USE_FINDERS = True


@pytest.fixture
def edited(settings, tmp_path):
    """A file of the app that can be changed: served in the place of the real one."""

    def with_text(name: str, more: str) -> None:
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text((configured.STATIC_DIR / name).read_text("utf-8") + more, "utf-8")

    settings.STATICFILES_DIRS = [tmp_path, configured.STATIC_DIR]
    from django.contrib.staticfiles import finders

    finders.get_finder.cache_clear()
    yield with_text
    finders.get_finder.cache_clear()


def listed() -> set[str]:
    return set(shell().files)


def test_the_page_its_styles_its_signs_and_its_modules_are_listed():
    assert listed() >= {
        "/field/",
        "/static/app/field.js",
        "/static/app/page.js",
        "/static/field.css",
        "/static/icons/icon.svg",
        "/static/map.css",
        "/static/start.js",
        "/static/style.css",
        "/static/vendor/idb/index.js",
        "/static/vendor/lit-html/lit-html.js",
        "/static/vendor/maplibre-gl/maplibre-gl.css",
        "/static/vendor/maplibre-gl/maplibre-gl.mjs",
    }


def test_what_the_workers_of_the_page_run_is_listed():
    assert listed() >= {f"/field/workers/{name}.js" for name in WORKERS} | set(WORKERS.values())


def test_no_file_of_another_page_is_listed():
    strange = {
        address
        for address in listed()
        if address.startswith(tuple(f"/static/app/{desk}" for desk in DESKS))
        or "terra-draw" in address
        or address in ("/static/desk.css", "/static/people.css", "/static/app/worker.js")
    }
    assert strange == set()


def test_a_module_that_is_imported_is_listed_and_one_that_is_not_is_not():
    """Read another way than the list is: by names, from every module of the app."""
    imported = re.compile(r'^(?:import|\} from|export .* from)\b[^"\n]*"(\.{1,2}/[^"]+\.js)"', re.M)
    modules = {
        address: (configured.BASE_DIR / address.removeprefix("/")).read_text("utf-8")
        for address in listed()
        if address.startswith("/static/app/")
    }
    named = {
        str((APP / address.removeprefix("/static/app/")).parent.joinpath(path).resolve())
        for address, text in modules.items()
        for path in imported.findall(text)
    }
    kept = {str(configured.BASE_DIR / address.removeprefix("/")) for address in modules}
    entries = {
        str(APP / name) for name in ("field.js", "page.js", "qr_worker.js", "screens/inbox.js")
    }
    assert named - kept == set()
    assert kept - named == entries


def test_a_pages_modules_are_all_that_it_imports_before_anything_is_shown():
    modules = modules_of("/static/app/overview.js")
    assert modules[0] == "/static/app/overview.js"
    assert {
        "/static/app/screens/overview/scene.js",
        "/static/app/leading/view.js",
        "/static/vendor/maplibre-gl/maplibre-gl.mjs",
        "/static/vendor/lit-html/lit-html.js",
    } <= set(modules)
    assert len(modules) == len(set(modules))
    assert not [each for each in modules if "/plan/" in each or each.endswith(".css")]


def test_the_hashes_are_those_of_what_is_served(as_user):
    client = as_user("inspector")
    for address, sha256 in shell().files.items():
        if not address.startswith("/static/"):
            served = client.get(address)
            assert (served.status_code, hashlib.sha256(served.content).hexdigest()) == (200, sha256)
        else:
            content = (configured.BASE_DIR / address.removeprefix("/")).read_bytes()
            assert hashlib.sha256(content).hexdigest() == sha256


def test_a_changed_file_makes_another_version(edited):
    before = shell()
    edited("app/when.js", "\n// later\n")
    after = shell()
    changed = {path for path, sha256 in after.files.items() if before.files[path] != sha256}
    assert after.version != before.version
    # The page says which version it is.
    assert changed == {"/static/app/when.js", "/field/"}
    assert (before.version in before.page, after.version in after.page) == (True, True)


def test_another_policy_makes_another_version(settings):
    before = shell().version
    policy = configured.CONTENT_SECURITY_POLICY
    settings.CONTENT_SECURITY_POLICY = policy | {"DIRECTIVES": {"default-src": ["'none'"]}}
    assert shell().version != before


def test_the_same_files_make_the_same_version():
    assert shell() == shell()


@pytest.mark.django_db
def test_the_page_is_the_same_bytes_for_everyone_and_names_nobody(as_user, people):
    pages = {
        as_user(name).get("/field/", headers={"accept-language": language}).content
        for name in ("inspector", "inspector2", "supervisor")
        for language in ("en", "zh-CN")
    }
    assert len(pages) == 1
    page = pages.pop().decode()
    assert not [name for name in people if f">{name}" in page]
    assert "csrfmiddlewaretoken" not in page


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("who", "status"), [("inspector", 200), ("supervisor", 200), ("leader", 403), ("stranger", 403)]
)
def test_who_may_open_the_page(as_user, who, status):
    assert as_user(who).get("/field/").status_code == status


def test_the_worker_is_told_anew_only_when_something_changed(db, edited):
    client = APIClient()
    first = client.get("/field/sw.js")
    assert (first.status_code, first["Content-Type"], first["Cache-Control"]) == (
        200,
        "text/javascript; charset=utf-8",
        "no-cache",
    )
    again = client.get("/field/sw.js", headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    edited("app/when.js", "\n// later\n")
    changed = client.get("/field/sw.js", headers={"if-none-match": first["ETag"]})
    assert changed.status_code == 200
    assert changed.content != first.content


def test_the_worker_runs_under_the_policy_of_the_house(db):
    policy = APIClient().get("/field/sw.js")["Content-Security-Policy"]
    assert {"worker-src 'self'", "manifest-src 'self'", "connect-src 'self'"} <= set(
        policy.split("; ")
    )


@pytest.mark.parametrize("name", ["map", "qr"])
def test_the_pages_own_workers_have_an_address_below_the_page(db, name):
    served = APIClient().get(f"/field/workers/{name}.js")
    assert (served.status_code, served.content.decode()) == (200, f'import "{WORKERS[name]}";\n')


def test_there_is_no_other_worker(db):
    assert APIClient().get("/field/workers/other.js").status_code == 404


@pytest.mark.parametrize(
    ("language", "name", "short"),
    [("zh-CN", "巡图现场检查", "巡图"), ("en-GB", "Xuntu field inspection", "Xuntu")],
)
def test_the_app_is_installed_under_its_name_in_either_language(db, language, name, short):
    served = APIClient().get("/field/manifest.webmanifest", headers={"accept-language": language})
    told = served.json()
    assert served["Content-Type"] == "application/manifest+json"
    assert {key: told[key] for key in ("id", "start_url", "scope", "display")} == {
        "id": "/field/",
        "start_url": "/field/",
        "scope": "/",
        "display": "standalone",
    }
    assert (told["name"], told["short_name"]) == (name, short)
    assert [(icon["sizes"], icon["purpose"]) for icon in told["icons"]] == [
        ("any", "any"),
        ("192x192", "any"),
        ("512x512", "any"),
        ("512x512", "maskable"),
    ]
    for icon in told["icons"]:
        file = configured.BASE_DIR / icon["src"].removeprefix("/")
        assert 0 < file.stat().st_size < 20_000
