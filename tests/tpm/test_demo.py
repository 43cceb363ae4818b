"""The demo loads through the services, tells its story, and is the same each time."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command

from programs.models import PastReading, Program, Reading, RecomputeState, StatusReport
from programs.policies import Role
from programs.selectors import overviews
from projects.models import Project, Task
from tpm.accounts.actors import Actor
from tpm.accounts.models import User
from tpm.activity.models import ChangeSet
from tpm.demo import people

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_the_demo_is_a_portfolio_with_a_history_and_one_program_in_trouble(
    capsys: pytest.CaptureFixture[str],
) -> None:
    call_command("load_demo", "--if-empty", "--password", "lake-and-mere-2026")
    said = capsys.readouterr().out
    assert "lake-and-mere-2026" in said and "marta@lindmere.example" in said
    for role in Role.values:
        assert User.objects.filter(grants__role=role).exists(), role
    assert User.objects.get(email="victor@lindmere.example").check_password("lake-and-mere-2026")

    assert Program.objects.count() == 4 and 12 <= Project.objects.count() <= 16 and Task.objects.count() > 300
    assert set(Project.objects.values_list("kind", flat=True)) == set(Project.Kind.values)
    assert (
        not RecomputeState.objects.pending().exists()
        and not RecomputeState.objects.exclude(error_code="").exists()
    )
    weeks = (
        PastReading.objects.filter(key="plan.finish", project_id=0)
        .values_list("data_date", flat=True)
        .distinct()
    )
    assert len(weeks) == 12 and max(weeks) == date(2026, 11, 20)

    owner = Actor(user=User.objects.get(email=f"ingrid@{people.DOMAIN}"), via="web")
    portfolio = Program.objects.first().portfolio
    rated = {r.program.code: r.rating.level for r in overviews.of_portfolio(owner, portfolio)}
    assert [code for code, level in rated.items() if level == "bad"] == ["METER"]
    assert set(rated.values()) == {"bad", "watch", "ok"}
    # Why it is red can be read: a letter, a re-estimate, a decision.
    reasons = " ".join(
        ChangeSet.objects.filter(event="projects.plan.changed").values_list("reason", flat=True)
    )
    assert "eight weeks late" in reasons and "Re-estimate" in reasons and "steering committee" in reasons
    published = StatusReport.objects.filter(state=StatusReport.State.PUBLISHED)
    assert published.count() == 4 and {r.data_date for r in published} == {date(2026, 10, 30)}
    assert Reading.objects.filter(key="cost.cpi", project_id=0, value__lt=0.9).count() == 1

    sets = ChangeSet.objects.count()
    call_command("load_demo", "--if-empty")
    assert ChangeSet.objects.count() == sets
    with pytest.raises(CommandError):
        call_command("load_demo")
