"""The production shape stays in step with the settings. (No container engine runs here: this reads the files.)"""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = "\n".join((ROOT / "tpm" / name).read_text() for name in ("settings.py", "env.py"))


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    return dict(yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"])


def _command(service: dict[str, Any]) -> str:
    command = service.get("command", "")
    return command if isinstance(command, str) else " ".join(command)


def _read_by_settings(name: str) -> bool:
    return re.search(rf"""env\.\w+\(\s*["']{name}["']""", SETTINGS) is not None


def test_every_variable_given_to_the_product_is_one_that_settings_read(services: dict[str, Any]) -> None:
    given = set(services["web"]["environment"])
    assert {"SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL", "REDIS_URL"} <= given
    assert {name for name in given if not _read_by_settings(name)} == set()


def test_every_variable_of_the_example_is_read_by_settings_or_by_the_compose_file() -> None:
    compose = (ROOT / "docker-compose.yml").read_text()
    named = re.findall(r"^#?([A-Z][A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE)
    assert named
    assert [name for name in named if not _read_by_settings(name) and f"${{{name}" not in compose] == []


def test_secrets_have_no_defaults() -> None:
    compose = (ROOT / "docker-compose.yml").read_text()
    for name in ("SECRET_KEY", "POSTGRES_PASSWORD", "POSTGRES_SUPERUSER_PASSWORD", "VALKEY_PASSWORD"):
        assert f"${{{name}:?" in compose
        assert f"${{{name}:-" not in compose


def test_every_queue_has_a_worker(services: dict[str, Any]) -> None:
    served = {
        queue for service in services.values() for queue in re.findall(r"--queues (\S+)", _command(service))
    }
    wanted = {settings.CELERY_TASK_DEFAULT_QUEUE, "recompute"}
    wanted |= {entry["options"]["queue"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert served == wanted


def test_the_broker_keeps_messages_and_never_evicts(services: dict[str, Any]) -> None:
    command = _command(services["broker"])
    assert "--appendonly yes" in command
    assert "--maxmemory-policy noeviction" in command


def test_beat_and_the_fallback_sweeper_run_once_each(services: dict[str, Any]) -> None:
    commands = [_command(service) for service in services.values()]
    assert sum(" beat " in command for command in commands) == 1
    assert sum("drain_pending --watch" in command for command in commands) == 1
    assert not any("--beat" in command for command in commands)


def test_the_sweeper_does_not_wait_for_the_broker(services: dict[str, Any]) -> None:
    assert "broker" not in services["sweeper"]["depends_on"]


def test_the_image_carries_no_data_of_a_checkout() -> None:
    ignored = (ROOT / ".dockerignore").read_text().split()
    assert {".data", ".env", ".venv", ".git", "node_modules"} <= set(ignored)
