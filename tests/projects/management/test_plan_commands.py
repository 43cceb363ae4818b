"""The scheduler by itself, as people run it: files in, tables and exit codes out."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from programs.engine.calendars import same_instant, wall_minutes
from projects.management.commands.check_schedule import Command as check_schedule
from projects.management.commands.schedule import Command as schedule
from projects.management.plan_command import PlanCommand, Scheduled
from tests.projects.importers.documents import document, link, task
from tests.projects.importers.xer_documents import document as xer_document
from tests.projects.importers.xer_documents import project as xer_project
from tests.projects.importers.xer_documents import task as xer_task

ROOT = Path(__file__).resolve().parents[3]
FOLDER = Path(os.environ.get("TPM_SAMPLES") or ROOT.parent / "shared" / "samples") / "mspdi"
PROGRAMS = {"mp_j30_a2_nr5": 64, "mp_j120_a2_nr5": 244, "mp_j30_a10_nr1": 320, "mp_j30_a20_nr1": 640}
DATES = {"early_start": "es", "early_finish": "ef", "late_start": "ls", "late_finish": "lf", "start": "start", "finish": "finish"}  # fmt: skip
HEAD = "<StartDate>2026-01-05T08:00:00</StartDate>"
BASELINE = "<Baseline><Number>0</Number><Start>2026-01-05T08:00:00</Start><Finish>2026-01-05T17:00:00</Finish></Baseline>"


class Answer(NamedTuple):
    code: int
    out: str
    err: str


class Run:
    """Runs a command within this process, as the command line does; ``computed`` is what it last computed."""

    def __init__(self, captured: pytest.CaptureFixture[str], patch: pytest.MonkeyPatch) -> None:
        self.captured, self.patch = captured, patch
        self.computed: Scheduled | None = None

    def __call__(self, command: type[PlanCommand], *arguments: str | Path, given: bytes = b"") -> Answer:
        self.patch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(given)))
        keeper = self

        class Keeping(command):  # type: ignore[misc, valid-type]
            def compute(self, options: dict[str, Any]) -> Scheduled:
                keeper.computed = super().compute(options)
                return keeper.computed

        code = 0
        try:
            Keeping().run_from_argv(
                ["manage.py", command.__module__.rpartition(".")[2], *map(str, arguments)]
            )
        except SystemExit as end:
            code = int(end.code or 0)
        return Answer(code, *self.captured.readouterr())


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    return Run(capsys, monkeypatch)


@pytest.mark.parametrize("name", PROGRAMS)
def test_the_command_prints_every_answer_of_ms_project(run: Run, name: str) -> None:
    if not FOLDER.is_dir():
        pytest.skip(f"no sample plans: {FOLDER} is not there; set TPM_SAMPLES to the folder that holds them")
    done = run(schedule, FOLDER / f"{name}.xml")
    assert (done.code, done.err) == (0, "")
    ours = {row["uid"]: row for row in csv.DictReader(done.out.splitlines())}
    assert run.computed is not None
    network = run.computed.network
    working = {
        str(uid): network.calendars[at] for uid, at in zip(network.task_id, network.calendar, strict=True)
    }
    wrong, answers = [], 0
    with (FOLDER / f"{name}.answers.csv").open() as lines:
        for row in csv.DictReader(lines):
            printed = ours[row["uid"]]
            for theirs, column in DATES.items():
                two = (wall_minutes(datetime.fromisoformat(text)) for text in (printed[column], row[theirs]))
                if not same_instant(working[row["uid"]], *two):
                    wrong.append(f"{row['uid']} {column}")
            if printed["ts"] != row["total_slack_min"] or printed["crit"] != row["critical"]:
                wrong.append(f"{row['uid']} slack or critical")
            answers += 8
    assert not wrong
    assert answers == 8 * PROGRAMS[name]


def test_a_plan_is_read_from_standard_input_and_measured_against_its_baseline(run: Run) -> None:
    plan = document(task(1, BASELINE, hours=16), task(2, link(1)), task(3, "<Active>0</Active>"), head=HEAD)
    done = run(
        schedule,
        "-",
        given=b"\xef\xbb\xbf" + plan.removeprefix(b'<?xml version="1.0" encoding="UTF-8"?>\n'),
    )
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines() == [
        "uid,name,es,ef,ls,lf,ts,ff,crit,start,finish,svar,fvar",
        "1,Task 1,2026-01-05T08:00,2026-01-06T17:00,2026-01-05T08:00,2026-01-06T17:00,0,0,1,2026-01-05T08:00,2026-01-06T17:00,0,480",
        "2,Task 2,2026-01-07T08:00,2026-01-07T17:00,2026-01-07T08:00,2026-01-07T17:00,0,0,1,2026-01-07T08:00,2026-01-07T17:00,,",
        "3,Task 3,,,,,,,0,,,,",
    ]


def test_json_holds_the_same_and_a_status_date_moves_unfinished_work(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "plan.xml"
    file.write_bytes(document(task(1), head=HEAD))
    done = run(schedule, file, "--format", "json", "--status-date", "2026-01-06")
    assert json.loads(done.out) == [
        {"uid": 1, "name": "Task 1", "es": "2026-01-07T08:00", "ef": "2026-01-07T17:00", "ls": "2026-01-07T08:00",
         "lf": "2026-01-07T17:00", "ts": 0, "ff": 0, "crit": 1, "start": "2026-01-07T08:00", "finish": "2026-01-07T17:00",
         "svar": None, "fvar": None}
    ]  # fmt: skip


def test_a_primavera_file_is_scheduled_from_its_own_data_date(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "plan.xer"
    file.write_bytes(xer_document([xer_task(1)], PROJECT=[xer_project(last_recalc_date="2026-01-13 08:00")]))
    rows = list(csv.DictReader(run(schedule, file).out.splitlines()))
    assert [(row["uid"], row["es"]) for row in rows] == [
        ("-1", "2026-01-13T08:00"),
        ("1", "2026-01-13T08:00"),
    ]


def test_every_failure_has_its_code_and_says_why_in_one_line(run: Run, tmp_path: Path) -> None:
    circle, cut = tmp_path / "circle.xml", tmp_path / "cut.xml"
    circle.write_bytes(document(task(1, link(2)), task(2, link(1)), head=HEAD))
    cut.write_bytes(document(task(1), head=HEAD)[:-20])
    for arguments, code, words in (
        ((schedule, tmp_path / "none.xml"), 3, "No such file"),
        ((schedule, cut), 3, "cut.xml ends in the middle"),
        ((check_schedule, circle), 4, "depend on each other in a circle: 1 → 2 → 1"),
        ((schedule, circle, "--status-date", "soon"), 2, "'soon' is no date"),
        ((check_schedule,), 2, "required: file"),
    ):
        done = run(*arguments)
        assert (done.code, done.out) == (code, "")
        assert words in done.err and done.err.count("\n") == 1


def test_a_plan_without_tasks_is_an_empty_table(run: Run) -> None:
    empty = run(schedule, "-", given=document())
    assert (empty.code, empty.out.count("\n")) == (0, 1)
    assert run(schedule, "-", "--format", "json", given=document()).out == "[]\n"
    assert run(check_schedule, "-", given=document()).code == 0


def test_the_checks_say_what_fails_by_exit_code_too(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "plan.xml"
    file.write_bytes(document(task(1), task(2, link(1, "<LinkLag>-4800</LinkLag>")), head=HEAD))
    done = run(check_schedule, file, "--format", "json")
    told = {check["code"]: check for check in json.loads(done.out)["checks"]}
    assert done.code == 1
    assert len(told) == 14
    assert (told["leads"]["passed"], told["leads"]["count"], told["leads"]["tasks"]) == (False, 1, [2])
    assert (told["lags"]["passed"], told["missed_tasks"]["passed"]) == (True, None)
    text = run(check_schedule, file, "--status-date", "2026-01-05").out
    assert " 2  Leads                       FAIL          1 of 1        100.0 %  <= 0 %    2\n" in text


def test_the_commands_need_no_settings_even_in_production_and_do_not_mind_a_reader_that_has_had_enough(
    tmp_path: Path,
) -> None:
    file = tmp_path / "plan.xml"
    file.write_bytes(document(*(task(n) for n in range(1, 3000)), head=HEAD))
    with subprocess.Popen(
        [sys.executable, "-m", "tpm.preflight", sys.executable, "manage.py", "schedule", file],
        env={},
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None and process.stderr is not None
        assert process.stdout.readline().startswith(b"uid,name,es,")
        process.stdout.close()
        assert (process.wait(60), process.stderr.read()) == (0, b"")


def test_help_names_the_exit_codes(run: Run) -> None:
    for command in (schedule, check_schedule):
        told = run(command, "--help").out
        assert "exit codes:" in told and "the plan can not be scheduled" in told
