"""What all tests share."""

import gc
import os
from collections.abc import Callable, Iterator

import pytest
from django.db import connection
from django.test import TransactionTestCase
from hypothesis import HealthCheck, settings

from tests import databases

# Examples are bounded by number, not by time: a busy machine is no reason to fail. The usual run tries the same ones each
# time, so that a red run is a change's fault; HYPOTHESIS_PROFILE=search looks for new ones.
settings.register_profile(
    "usual", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
settings.register_profile("search", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "usual"))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Let the test database begin as a copy of a migrated one."""
    connection.settings_dict["TEST"]["TEMPLATE"] = databases.template()


@pytest.fixture(autouse=True, scope="session")
def _empty_what_was_filled() -> Iterator[None]:
    """Between tests with real commits only those tables are emptied that hold rows, append-only ones as well."""
    original: Callable[[TransactionTestCase], None] = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]
    TransactionTestCase._fixture_teardown = lambda _test: databases.empty()  # type: ignore[attr-defined]
    yield
    TransactionTestCase._fixture_teardown = original  # type: ignore[attr-defined]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the tests that take long, most of them by waiting: the many short ones fill the time beside and behind them."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


def pytest_collection_finish() -> None:
    """What is imported stays: the collector need not walk over it again and again."""
    gc.collect()
    gc.freeze()
