"""People everyone knows, the estate they meet at, and clients signed in as them."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.db import connection
from django.test import TransactionTestCase
from hypothesis import settings as hypothesis_settings
from rest_framework.test import APIClient

from geo.models import Community, Estate
from people.models import Membership, Unit, User
from tests import town
from tests.beginning import Beginning
from tests.browser.server import Server
from tests.factories import (
    CommunityFactory,
    CompanyFactory,
    EstateFactory,
    MembershipFactory,
    UserFactory,
)

# A machine with much to do is slow, not wrong.
hypothesis_settings.register_profile("house", deadline=None)
hypothesis_settings.load_profile("house")

PASSWORD = "xuntu-demo"
QUICK_HASHER = "django.contrib.auth.hashers.MD5PasswordHasher"
LOCALE = Path(__file__).parent.parent / "locale"


def pytest_configure() -> None:
    """Pages speak Chinese in tests too: words newer than what was compiled are compiled."""
    for po in LOCALE.glob("*/LC_MESSAGES/*.po"):
        mo = po.with_suffix(".mo")
        if mo.exists() and mo.stat().st_mtime >= po.stat().st_mtime:
            continue
        part = mo.with_suffix(f".{os.getpid()}")
        with po.open("rb") as source, part.open("wb") as compiled:
            write_mo(compiled, read_po(source, locale=po.parts[-3]))
        part.replace(mo)


def pytest_itemcollected(item: pytest.Item) -> None:
    """What asks the database is marked, so that `script/test quick` may do without one."""
    asks = {"db", "transactional_db"} & {*getattr(item, "fixturenames", ())}
    if asks or item.get_closest_marker("django_db"):
        item.add_marker("database")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Shuffled or not, long ones come first: at the end no processor waits for another."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix) -> None:
    """script/test has migrated a database once: each worker's is a copy of it."""
    if migrated := os.environ.get("MIGRATED_DATABASE"):
        connection.settings_dict["TEST"]["TEMPLATE"] = migrated


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker) -> None:
    with django_db_blocker.unblock():
        beginning = Beginning()
    TransactionTestCase._fixture_teardown = lambda test: beginning.again()


@pytest.fixture(autouse=True)
def nothing_remembered(settings) -> None:
    """What was written is seen at once: tests are faster than people."""
    settings.FRESH_SECONDS = 0


@pytest.fixture(autouse=True)
def only_what_is_asked_for(settings) -> None:
    """Every client starts the middleware anew, which would read a thousand static files first."""
    settings.WHITENOISE_AUTOREFRESH = True


@pytest.fixture(autouse=True)
def quick_passwords(settings) -> None:
    """A real hash takes half a second on purpose; here nobody is kept out by it."""
    settings.PASSWORD_HASHERS = [QUICK_HASHER]


@pytest.fixture
def community(db) -> Community:
    return CommunityFactory(name="陈村社区", code="350582001008")


@pytest.fixture
def elsewhere(db) -> Community:
    """Another community, where `inspector2` walks."""
    return CommunityFactory(name="象山社区", code="350582001014")


@pytest.fixture
def estate(community) -> Estate:
    return EstateFactory(
        community=community, name="银星花园", company=CompanyFactory(), has_company=True
    )


@pytest.fixture
def people(community, elsewhere, estate) -> dict[str, User]:
    """Everyone by name. `stranger` signs in and belongs nowhere."""
    where = {
        "inspector": {"role": "inspector", "community": community},
        "inspector2": {"role": "inspector", "community": elsewhere},
        "supervisor": {"role": "supervisor", "community": community},
        "planner": {"role": "planner"},
        "leader": {"role": "leader"},
        "clerk": {"role": "clerk"},
        "unit": {"role": "unit", "unit": Unit.objects.create(name="综合执法队")},
        "officer": {"role": "officer", "community": community},
        "company": {"role": "company", "company": estate.company},
        "stranger": None,
    }
    # Two thousand tests begin here: all at once, not one by one.
    rows = [UserFactory.build(username=name) for name in where]
    rows.append(UserFactory.build(username="admin", is_superuser=True, is_staff=True))
    known = {user.username: user for user in User.objects.bulk_create(rows)}
    Membership.objects.bulk_create(
        MembershipFactory.build(user=known[name], **membership)
        for name, membership in where.items()
        if membership
    )
    return known


@pytest.fixture
def as_user(people) -> Callable[[str], APIClient]:
    """A client signed in as that person; "nobody" is not signed in. Answers are in English."""

    def client_of(name: str) -> APIClient:
        client = APIClient(headers={"accept-language": "en"})
        if name != "nobody":
            client.force_login(people[name], "django.contrib.auth.backends.ModelBackend")
        return client

    return client_of


@pytest.fixture(scope="session")
def _serving(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[Server]:
    with django_db_blocker.unblock():
        server = Server(tmp_path_factory.mktemp("serving"))
    yield server
    server.stop()


@pytest.fixture
def server(_serving, transactional_db) -> Iterator[Server]:
    """The real web server, running, on the rows of this test and with no files."""
    for folder in ("photos", "uploads"):
        shutil.rmtree(_serving.data / folder, ignore_errors=True)
    yield _serving
    _serving.ready_again()


@pytest.fixture(scope="session")
def _town(django_db_setup, django_db_blocker, testrun_uid) -> Iterator[str]:
    with (
        django_db_blocker.unblock(),
        town.copied(testrun_uid, PASSWORD_HASHERS=[QUICK_HASHER]) as copy,
    ):
        yield copy


@pytest.fixture(scope="module")
def demo_town(_town, django_db_blocker) -> Iterator[None]:
    """The demonstration town with 300 inspections up to 2024-12-20, for a whole module.

    It is in a database of its own, where the tests of the module run instead, each in a
    transaction, never with `transaction=True`. The fixtures above are of another town.
    """
    with django_db_blocker.unblock(), town.moved_to(_town):
        yield
