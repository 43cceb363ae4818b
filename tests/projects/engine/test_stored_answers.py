"""Real multi-project programs: the engine must give every date, float and flag that MS Project itself stored."""

import csv
import os
from datetime import datetime
from pathlib import Path

import pytest

from programs.engine.calendars import same_instant, wall_minutes
from projects.engine import cpm
from projects.importers import mspdi
from projects.importers.networks import network_of

FOLDER = (
    Path(os.environ.get("TPM_SAMPLES") or Path(__file__).resolve().parents[4] / "shared" / "samples")
    / "mspdi"
)
PROGRAMS = {"mp_j30_a2_nr5": 64, "mp_j120_a2_nr5": 244, "mp_j30_a10_nr1": 320, "mp_j30_a20_nr1": 640}
DATES = ("early_start", "early_finish", "late_start", "late_finish", "start", "finish")


@pytest.mark.parametrize("name", PROGRAMS)
def test_the_engine_gives_every_answer_of_ms_project(name: str) -> None:
    if not FOLDER.is_dir():
        pytest.skip(f"no sample plans: {FOLDER} is not there; set TPM_SAMPLES to the folder that holds them")
    with (FOLDER / f"{name}.xml").open("rb") as stream:
        network = network_of(mspdi.read(stream))
    schedule = cpm.compute(network, fast=False)
    place = {int(uid): index for index, uid in enumerate(network.task_id)}
    wrong: list[str] = []
    answers = 0
    with (FOLDER / f"{name}.answers.csv").open() as lines:
        for row in csv.DictReader(lines):
            task = place[int(row["uid"])]
            calendar = network.calendars[network.calendar[task]]
            for column in DATES:
                answers += 1
                ours, theirs = (
                    getattr(schedule, column)[task],
                    wall_minutes(datetime.fromisoformat(row[column])),
                )
                if not same_instant(calendar, ours, theirs):
                    wrong.append(f"{row['uid']} {column}")
            answers += 2
            if schedule.total_float[task] != int(row["total_slack_min"]):
                wrong.append(f"{row['uid']} total slack")
            if schedule.critical[task] != bool(int(row["critical"])):
                wrong.append(f"{row['uid']} critical")
    assert not wrong
    assert answers == 8 * PROGRAMS[name]
