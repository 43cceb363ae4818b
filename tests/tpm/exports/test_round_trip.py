"""Import, export, import: the same plan in the tables, and the same dates."""

from pathlib import Path

import pytest

from programs.models import Program
from projects.importers import mspdi_write
from projects.models import ImportRun
from tests.factories import plans
from tests.tpm.exports.plan_rows import differences, rows_of
from tests.tpm.imports.conftest import SAMPLES, imported
from tpm import recompute
from tpm.accounts.actors import Actor
from tpm.exports import plan_file

pytestmark = pytest.mark.django_db
FILES = sorted(path for folder in ("mspdi", "mspdi-features") for path in (SAMPLES / folder).glob("*.xml"))


def brought_in(path: Path, program: Program) -> Actor:
    actor = plans.member("TPM", program)
    run = imported(actor, [path], program.portfolio, program)
    assert run.state == ImportRun.State.APPLIED, run.message
    recompute.drain(program.pk)
    return actor


LARGE = {"mp_j30_a10_nr1", "mp_j30_a20_nr1"}


@pytest.mark.parametrize(
    "path",
    [pytest.param(path, marks=pytest.mark.slow if path.stem in LARGE else ()) for path in FILES],
    ids=lambda path: path.stem,
)
def test_a_plan_comes_back_the_same(samples: Path, path: Path, tmp_path: Path) -> None:
    first, second = plans.program(), plans.program()
    actor = brought_in(path, first)
    made = plan_file.of_program(actor, first)
    again = tmp_path / path.name
    with again.open("wb") as stream:
        mspdi_write.write(made.plan, stream)
    brought_in(again, second)
    assert "\n".join(differences(rows_of(first), rows_of(second))) == ""
