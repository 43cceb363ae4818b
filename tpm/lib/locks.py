"""Named locks of PostgreSQL that end with the transaction."""

import zlib

from django.db import connection, transaction


def hold(name: str, key: int = 0) -> None:
    """Wait for the lock ``name``/``key`` and hold it until the transaction ends.

    :raises RuntimeError: outside a transaction, where the lock would be gone at once.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("A lock needs a transaction to live in.")
    namespace = zlib.crc32(name.encode()) - 2**31
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [namespace, key % 2**31])
