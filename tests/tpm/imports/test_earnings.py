"""Earning rules come in as a table: checked first, all of it or nothing, exported as they are imported, taken back in one step."""

import io

import openpyxl
import pytest
from django.urls import reverse

from budgets.models import Rule, TaskEarning
from budgets.services import earnings
from programs.policies import NotAllowed
from projects.models import ImportRun
from projects.services import plan_edits
from projects.services.commands import UpdateTask
from tests.factories import plans
from tests.factories.browsers import browser
from tpm.accounts import actors
from tpm.accounts.actors import Actor
from tpm.imports import reading, runs, templates

pytestmark = pytest.mark.django_db
SYSTEM = actors.system()
HEAD = "task,rule,base,weight,control_account\n"


class Plan:
    def __init__(self) -> None:
        self.program = plans.program()
        self.project = plans.project(self.program)
        self.a, self.b, self.c = plans.tasks(self.project, 5, 3, 2)

    def check(self, text: str, actor: Actor = SYSTEM, name: str = "rules.csv") -> ImportRun:
        return self.check_bytes((HEAD + text).encode(), actor, name)

    def check_bytes(self, content: bytes, actor: Actor = SYSTEM, name: str = "rules.csv") -> ImportRun:
        run = runs.start(
            actor=actor, kind=reading.EARNINGS, portfolio=self.program.portfolio, program=self.program,
            files=[(name, io.BytesIO(content))],
        )  # fmt: skip
        runs.check(run.pk)
        run.refresh_from_db()
        return run


@pytest.fixture
def plan() -> Plan:
    return Plan()


def _apply(run: ImportRun) -> ImportRun:
    runs.order(actor=SYSTEM, run=run)
    runs.apply(run.pk)
    run.refresh_from_db()
    return run


def _rules() -> dict[str, tuple[str, str | None, int, bool]]:
    rows = TaskEarning.objects.select_related("task", "base")
    return {
        row.task.name: (row.rule, row.base.name if row.base else None, row.weight, row.is_control_account)
        for row in rows
    }


def test_rules_are_checked_written_and_taken_back(plan: Plan) -> None:
    earnings.put(actor=SYSTEM, task=plan.a, rule=Rule.LEVEL_OF_EFFORT, weight=4)
    before = _rules()
    run = plan.check(f"#{plan.a.pk},fifty_fifty,,,yes\nB,apportioned,#{plan.a.pk},,\nC,percent,,7,\n")
    assert (run.state, run.counts["tables"]["earning_rules"]["new"]) == ("checked", 2)
    assert _rules() == before  # a check writes nothing
    run = _apply(run)
    assert _rules() == {
        "A": ("fifty_fifty", None, 4, True),  # an empty weight leaves what stands
        "B": ("apportioned", "A", 1, False),
        "C": ("percent", None, 7, False),
    }
    assert run.change_set is not None and run.change_set.event == "budgets.budget.changed"
    runs.revert(actor=SYSTEM, run=run)
    assert _rules() == before


@pytest.mark.parametrize(
    ("rows", "row", "column", "code"),
    [
        ("Z,percent,,,", 2, "task", "unknown_task"),
        (",percent,,,", 2, "task", "missing"),
        ("A,half,,,", 2, "rule", "bad_choice"),
        ("A,apportioned,,,", 2, "base", "missing"),
        ("A,apportioned,A,,", 2, "base", "follows_itself"),
        ("A,apportioned,Z,,", 2, "base", "unknown_task"),
        ("A,percent,B,,", 2, "base", "not_apportioned"),
        ("A,percent,,-1,", 2, "weight", "out_of_range"),
        ("A,percent,,1.5,", 2, "weight", "bad_number"),
        ("A,percent,,,perhaps", 2, "control_account", "bad_choice"),
        ("A,percent,,,\nA,zero_hundred,,,", 3, "task", "duplicate_key"),
        ("A,apportioned,B,,\nB,apportioned,C,,", 2, "base", "base_apportioned"),
        ("C,apportioned,A,,", 2, "rule", "is_followed"),  # B follows C already
    ],
)
def test_what_does_not_go_together_is_said_by_row_and_nothing_is_written(
    plan: Plan, rows: str, row: int, column: str, code: str
) -> None:
    earnings.put(actor=SYSTEM, task=plan.b, rule=Rule.APPORTIONED, base=plan.c)
    before = _rules()
    run = plan.check(f"{rows}\n")
    assert run.state == "refused"
    assert (row, column, code) in {(one["row"], one["column"], one["code"]) for one in run.report}
    assert all(one["reason"] for one in run.report)
    assert _rules() == before


def test_what_is_exported_comes_in_again_unchanged(plan: Plan) -> None:
    named = UpdateTask(plan.c.pk, plan.c.version, {"name": "=HYPERLINK(1)"})
    plan_edits.apply(actor=SYSTEM, program=plan.program, commands=[named])
    earnings.put(actor=SYSTEM, task=plan.a, rule=Rule.MILESTONES, is_control_account=True)
    earnings.put(actor=SYSTEM, task=plan.b, rule=Rule.APPORTIONED, base=plan.c)
    controller = browser(plans.member("FC", plan.program.portfolio))
    for kind in ("csv", "xlsx"):
        url = reverse("budgets:earned-value-export", args=[plan.program.pk, "rules", kind])
        content = controller.get(url).content
        run = plan.check_bytes(content, name=f"rules.{kind}")
        assert run.state == "checked", run.report
        assert run.counts["tables"]["earning_rules"] == {
            "new": 1, "changed": 0, "dropped": 0, "same": 2, "kept": 0, "absent": 0,
        }  # fmt: skip
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert sheet is not None
    assert [cell.data_type for cell in sheet["B"]].count("f") == 0  # no name becomes a formula


def test_templates_are_what_the_reader_takes() -> None:
    for name in ("earning-rules.csv", "earning-rules.xlsx"):
        found = reading.read(reading.EARNINGS, {name: io.BytesIO(templates.files()[name])})
        assert found.earnings is not None
        assert len(found.earnings.rows) == 3 and not found.report.has_errors


def test_who_edits_budgets_imports_through_browser_and_api(plan: Plan) -> None:
    with pytest.raises(NotAllowed):
        plan.check("A,percent,,,\n", actor=plans.member("AU", plan.program))
    controller = browser(plans.member("FC", plan.program.portfolio))
    file = io.BytesIO((HEAD + "A,zero_hundred,,,\n").encode())
    file.name = "rules.csv"
    answer = controller.post(
        reverse("imports:import-new"), {"target": f"earnings:{plan.program.pk}", "files": file}
    )
    assert answer.status_code == 302
    run = ImportRun.objects.get()
    runs.check(run.pk)
    assert "Earning rules" in controller.get(reverse("imports:import-detail", args=[run.pk])).content.decode()
    run.refresh_from_db()
    assert _apply(run).state == "applied" and _rules()["A"][0] == "zero_hundred"
