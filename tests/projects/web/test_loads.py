"""The heat map of load: over-allocation across programs, what a cell opens, and nothing of hidden plans."""

from datetime import date

import pytest

from programs.services import resources
from projects.selectors import loads
from projects.services import plan_edits
from projects.services.commands import Assign
from tests.factories import plans
from tests.factories.browsers import browser
from tpm import recompute
from tpm.accounts import actors

pytestmark = pytest.mark.django_db
WEEK = date(2026, 1, 5)


@pytest.fixture
def world():
    """Ann works full time on a task of two weeks here, and half of her time in the first week on one of another program."""
    here = plans.portfolio()
    ann = resources.create(actor=actors.system(), portfolio=here, name="Ann", role="Fitter", team="North")
    found = []
    for days, units in ((10, 1), (5, "0.5")):
        program = plans.program(here, data_date=date(2026, 1, 4))
        (task,) = plans.tasks(plans.project(program), days)
        plan_edits.apply(
            actor=actors.system(), program=program, commands=[Assign(task.pk, ann.pk, {"units": units})]
        )
        recompute.drain(program.pk)
        found.append(program)
    return here, ann, *found


def test_the_load_of_all_programs_is_held_against_the_capacity(world):
    here, _ann, program, _other = world
    heat = loads.heat(actors.system(), here, first=date(2026, 1, 7), weeks=3, program=program)
    (line,) = heat.lines
    assert heat.weeks[0] == WEEK
    assert [(c.load, c.elsewhere, c.capacity, c.percent, c.band) for c in line.cells] == [
        (3600, 1200, 2400, 150, "over"), (2400, 0, 2400, 100, "full"), (0, 0, 2400, 0, "free"),
    ]  # fmt: skip
    by_role = loads.heat(actors.system(), here, first=WEEK, weeks=1, by="role")
    assert [(one.name, one.load, one.members) for one in by_role.lines] == [("Fitter", 3600, 1)]


def test_hidden_plans_do_not_count_and_the_page_says_that_it_is_partial(world):
    here, ann, program, other = world
    page = f"/programs/{program.pk}/resources/load/"
    whole = browser(plans.member("TPM", here))
    text = whole.get(page).content.decode()
    assert "over-allocated:" in text and "150" in text and "Partial" not in text
    cell = whole.get(f"{page}{ann.pk}_2026-01-05/").content.decode()
    assert other.code in cell and "150" in cell
    assert "150" in whole.get(f"/portfolios/{here.pk}/load/").content.decode()
    one = browser(plans.member("TPM", program))
    text = one.get(page).content.decode()
    assert "Partial" in text and "over-allocated:" not in text and ">100<" in text
    cell = one.get(f"{page}{ann.pk}_2026-01-05/").content.decode()
    assert other.code not in cell
    rows = one.get(f"{page}export.csv?weeks=8").content.decode("utf-8-sig").strip().splitlines()
    assert len(rows) == 1 + 8 and rows[1] == "Ann,Fitter,North,2026-01-05,40.0,0.0,40.0,100,"
    assert one.get(f"{page}{ann.pk}_never/").status_code == 404


def test_without_resources_the_page_says_what_to_do_first():
    program = plans.program()
    text = (
        browser(plans.member("TPM", program)).get(f"/programs/{program.pk}/resources/load/").content.decode()
    )
    assert "Nobody to show yet" in text and "Open resources" in text
