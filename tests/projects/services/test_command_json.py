"""The JSON of plan edits: what is understood, and what is refused with a pointer to the mistake."""

from datetime import datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from projects.services import command_json
from projects.services.commands import (
    CreateTask,
    DeleteTask,
    LinkTasks,
    MoveTask,
    Relink,
    Revert,
    Unlink,
    UpdateTask,
)


def test_every_operation_becomes_its_command() -> None:
    commands = command_json.parse(
        {
            "reason": "replanned",
            "commands": [
                {
                    "op": "update",
                    "task": 7,
                    "version": 3,
                    "set": {"duration": 960, "constraint": "SNET", "constraint_at": "2026-03-02T08:00"},
                },
                {"op": "create", "project": 2, "parent": None, "after": 7, "name": "Pilot"},
                {"op": "delete", "task": 7, "version": 4},
                {"op": "move", "task": 8, "version": 1, "parent": 7, "after": None},
                {"op": "link", "pred": 7, "succ": 8, "kind": "SS", "lag": -480},
                {"op": "relink", "link": 5, "version": 1, "kind": "FF", "lag": 60, "lag_unit": "elapsed"},
                {"op": "unlink", "link": 5, "version": 2},
                {"op": "revert", "change_set": 99},
            ],
        }
    )
    assert commands == [
        UpdateTask(7, 3, {"duration": 960, "constraint": 4, "constraint_at": datetime(2026, 3, 2, 8)}),
        CreateTask(2, "Pilot", None, 7),
        DeleteTask(7, 4),
        MoveTask(8, 1, 7, None),
        LinkTasks(7, 8, 1, -480, 0),
        Relink(5, 1, {"kind": 2, "lag": 60, "lag_unit": 1}),
        Unlink(5, 2),
        Revert(99),
    ]


def test_a_moment_may_be_minutes_since_1970_on_the_wall_clock() -> None:
    day = (datetime(2026, 11, 20, 8) - datetime(1970, 1, 1)).total_seconds() // 60
    [command] = command_json.parse(
        {"commands": [{"op": "update", "task": 1, "version": 1, "set": {"deadline": int(day)}}]}
    )
    assert isinstance(command, UpdateTask)
    assert command.set == {"deadline": datetime(2026, 11, 20, 8)}


@pytest.mark.parametrize(
    ("command", "pointer"),
    [
        ({"op": "update", "task": 1, "version": 1, "set": {"program": 3}}, "/commands/0/set/program"),
        ({"op": "update", "task": 1, "version": 1, "set": {"duration": -1}}, "/commands/0/set/duration"),
        ({"op": "update", "task": 1, "version": 1, "set": {"duration": True}}, "/commands/0/set/duration"),
        (
            {"op": "update", "task": 1, "version": 1, "set": {"deadline": "2026-01-05T08:00Z"}},
            "/commands/0/set/deadline",
        ),
        ({"op": "update", "task": 1, "version": 1, "set": {"deadline": 2**62}}, "/commands/0/set/deadline"),
        ({"op": "update", "task": 1, "version": 1, "set": {"name": " "}}, "/commands/0/set/name"),
        ({"op": "update", "task": 1, "set": {"name": "x"}}, "/commands/0/version"),
        ({"op": "update", "task": 2**64, "version": 1, "set": {}}, "/commands/0/task"),
        ({"op": "explode"}, "/commands/0/op"),
        ({"op": ["update"]}, "/commands/0/op"),
        ({"op": "unlink", "link": 1, "version": 1, "force": True}, "/commands/0/force"),
        ({"op": "link", "pred": 1, "succ": 2, "kind": "XX"}, "/commands/0/kind"),
        ({"op": "unlink", "link": 1, "version": 1, "a/b~": 1}, "/commands/0/a~1b~0"),
        ("update", "/commands/0"),
    ],
)
def test_a_mistake_is_refused_with_a_pointer_to_it(command: Any, pointer: str) -> None:
    with pytest.raises(ValidationError) as refused:
        command_json.parse({"commands": [command]})
    assert list(refused.value.message_dict) == [pointer]


def test_all_mistakes_are_told_at_once() -> None:
    with pytest.raises(ValidationError) as refused:
        command_json.parse(
            {"commands": [{"op": "x"}, {"op": "delete", "task": "7", "version": 0}], "extra": 1, "reason": 3}
        )
    assert set(refused.value.message_dict) == {
        "/commands/0/op", "/commands/1/task", "/commands/1/version", "/extra", "/reason",
    }  # fmt: skip


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(
        ["op", "task", "version", "set", "commands", "duration", "name", "update", "link", "kind", "deadline"]) , inner, max_size=4),
    max_leaves=12,
)  # fmt: skip


@given(_json, st.sampled_from(["update", "create", "move", "link", "relink", "revert", None]))
def test_whatever_comes_in_is_understood_or_refused(body: Any, op: str | None) -> None:
    if isinstance(body, dict) and op:
        body = {"commands": [{**body, "op": op}]}
    try:
        command_json.parse(body)
    except ValidationError as error:
        assert all(pointer.startswith("/") for pointer in error.message_dict)
