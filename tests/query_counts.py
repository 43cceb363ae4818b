"""The recorded number of queries of each screen and list: ``UPDATE_QUERY_COUNTS=1`` records, everything else compares.

with counted("api:task-list"):
    client.get(...)
"""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection
from django.test.utils import CaptureQueriesContext

FILE = Path(__file__).with_name("query_counts.json")


@contextmanager
def counted(name: str) -> Iterator[None]:
    """Hold the block to the number of queries that is recorded under ``name``."""
    with CaptureQueriesContext(connection) as captured:
        yield
    known: dict[str, int] = json.loads(FILE.read_text(encoding="utf-8")) if FILE.exists() else {}
    queries = [
        one["sql"] for one in captured.captured_queries if not one["sql"].startswith(("SAVEPOINT", "RELEASE"))
    ]
    if os.environ.get("UPDATE_QUERY_COUNTS"):
        known[name] = len(queries)
        FILE.write_text(json.dumps(dict(sorted(known.items())), indent=2) + "\n", encoding="utf-8")
        return
    assert name in known, f"{name} has no recorded number of queries; run with UPDATE_QUERY_COUNTS=1"
    assert len(queries) == known[name], (
        f"{name}: {len(queries)} queries, {known[name]} recorded:\n" + "\n".join(sql[:200] for sql in queries)
    )
