"""Named locks of PostgreSQL that end with the transaction."""

import zlib

from django.db import connection, transaction


def try_hold(name: str, key: int) -> bool:
    """Take the lock ``name``/``key`` until the transaction ends if nobody else has it; False if somebody has.

    :raises RuntimeError: outside a transaction, where the lock would be gone at once.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("A lock needs a transaction to live in.")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [_namespace(name), key % 2**31])
        return bool(cursor.fetchone()[0])


def hold(name: str, key: int = 0) -> None:
    """Wait for the lock ``name``/``key`` and hold it until the transaction ends.

    :raises RuntimeError: outside a transaction, where the lock would be gone at once.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("A lock needs a transaction to live in.")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_namespace(name), key % 2**31])


def _namespace(name: str) -> int:
    return zlib.crc32(name.encode()) - 2**31
