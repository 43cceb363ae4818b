"""The embedded servers keep data, heal after kill -9, and stay out of each other's way."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg2
import pytest
import redis

from tpm.embedded import EmbeddedError, Services, running
from tpm.processes import AlreadyRunning

ROOT = Path(__file__).resolve().parents[2]
OWNER = """
import sys, time
from pathlib import Path
from tpm.embedded import Services
services = Services(Path(sys.argv[1])).start()
services.lock.publish({"PID": "1"})
print(services.environment["DATABASE_URL"], services.environment["REDIS_URL"],
      *(server.process.pid for server in services.servers), flush=True)
time.sleep(600)
"""


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    return tmp_path / "a path with spaces, “quotes” and ä"


@pytest.fixture
def owner(directory: Path) -> Iterator["Owner"]:
    owner = Owner(directory)
    yield owner
    owner.process.kill()
    owner.process.wait()
    assert owner.process.stdout is not None
    owner.process.stdout.close()


class Owner:
    """Another process that runs the servers, to be killed."""

    def __init__(self, directory: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", OWNER, str(directory)], cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        assert self.process.stdout is not None
        self.database_url, self.redis_url, *pids = self.process.stdout.readline().split()
        self.pids = [int(pid) for pid in pids]


def _execute(url: str, sql: str) -> list[tuple[object, ...]]:
    connection = psycopg2.connect(url)
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchall() if cursor.description else []
    finally:
        connection.close()


def _set(url: str, key: str) -> None:
    client = redis.Redis.from_url(url)
    client.set(key, "kept")
    client.close()


def _get(url: str, key: str) -> object:
    client = redis.Redis.from_url(url)
    try:
        return client.get(key)
    finally:
        client.close()


def test_data_outlives_a_clean_stop_in_a_path_with_spaces_and_letters(directory: Path) -> None:
    with Services(directory) as services:
        urls = services.environment
        _execute(urls["DATABASE_URL"], "CREATE TABLE kept (n int); INSERT INTO kept VALUES (42)")
        _set(urls["REDIS_URL"], "key")
    with Services(directory) as services:
        urls = services.environment
        assert _execute(urls["DATABASE_URL"], "SELECT n FROM kept") == [(42,)]
        assert _get(urls["REDIS_URL"], "key") == b"kept"


def test_the_product_is_no_superuser_and_sorts_alike_everywhere(directory: Path) -> None:
    with Services(directory, valkey=False, durable=False) as services:
        url = services.environment["DATABASE_URL"]
        assert _execute(url, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user") == [(False,)]
        words = _execute(url, "SELECT w FROM unnest(ARRAY['b', 'ä', 'B', 'a']) w ORDER BY w")
        assert [word for (word,) in words] == ["B", "a", "b", "ä"]
        assert _execute(url, "SHOW timezone") == [("UTC",)]
        assert _execute(url, "SELECT upper('äöü')") == [("ÄÖÜ",)]


def test_committed_rows_outlive_kill_9_of_everything(directory: Path, owner: Owner) -> None:
    _execute(owner.database_url, "CREATE TABLE kept (n int); INSERT INTO kept VALUES (42)")
    for pid in (owner.process.pid, *owner.pids):
        os.kill(pid, signal.SIGKILL)
    owner.process.wait()
    with Services(directory) as services:
        assert _execute(services.environment["DATABASE_URL"], "SELECT n FROM kept") == [(42,)]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux can tie a child's life to its parent's")
def test_kill_9_of_the_owner_leaves_no_server_behind(owner: Owner) -> None:
    owner.process.kill()
    owner.process.wait()
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and any(Path(f"/proc/{pid}").exists() for pid in owner.pids):
        time.sleep(0.05)
    assert [pid for pid in owner.pids if Path(f"/proc/{pid}").exists()] == []


def test_a_second_owner_is_refused_while_the_first_lives(directory: Path, owner: Owner) -> None:
    assert running(directory) == {"PID": "1"}
    with pytest.raises(AlreadyRunning, match="is in use"):
        Services(directory).start()
    owner.process.kill()
    owner.process.wait()
    assert running(directory) == {}


def test_a_stale_pid_file_that_names_a_stranger_does_not_stop_the_start(directory: Path) -> None:
    with Services(directory, valkey=False, durable=False):
        pass
    pid_file = directory / "postgres" / "cluster" / "postmaster.pid"
    pid_file.write_text(f"{os.getpid()}\n{directory / 'postgres' / 'cluster'}\n1\n1\n\n\n\nready   \n")
    with Services(directory, valkey=False, durable=False) as services:
        assert _execute(services.environment["DATABASE_URL"], "SELECT 1") == [(1,)]


def test_an_interrupted_first_start_heals_itself(directory: Path) -> None:
    draft = directory / "postgres.new" / "cluster"
    draft.mkdir(parents=True)
    (draft / "half-written").touch()
    with Services(directory, valkey=False, durable=False) as services:
        assert _execute(services.environment["DATABASE_URL"], "SELECT 1") == [(1,)]
    assert not (directory / "postgres.new").exists()


def test_data_of_another_major_version_is_refused_with_advice(directory: Path) -> None:
    cluster = directory / "postgres" / "cluster"
    cluster.mkdir(parents=True)
    (cluster / "PG_VERSION").write_text("12\n")
    with pytest.raises(EmbeddedError, match=r"written by PostgreSQL 12.*pg_dump"):
        Services(directory, valkey=False).start()


def test_a_server_that_died_comes_back_at_the_same_address(directory: Path) -> None:
    with Services(directory) as services:
        before = services.environment
        for server in services.servers:
            assert server.process is not None
            server.process.kill()
            server.process.wait()
            server.start()
        assert services.environment == before
        assert _execute(before["DATABASE_URL"], "SELECT 1") == [(1,)]


def test_a_command_reaches_both_servers_whatever_libpq_is_told(tmp_path: Path) -> None:
    show = "import os; print(os.environ['DATABASE_URL'][:11], os.environ['REDIS_URL'][:8], os.environ['TPM_PROFILE'], 'PGHOST' in os.environ)"
    environment = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    environment |= {"PGHOST": "nowhere.invalid", "PGSSLMODE": "require"}
    done = subprocess.run(
        [sys.executable, "-m", "tpm.embedded", sys.executable, "-c", show],
        cwd=ROOT,
        env=environment | {"TPM_DATA_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout.split(), done.stderr) == (["postgres://", "redis://", "development", "False"], "")
