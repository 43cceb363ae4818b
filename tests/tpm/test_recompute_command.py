"""``manage.py recompute``: for upgrades that compute more than before."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from programs.models import RecomputeState
from tests.factories import plans
from tpm import recompute

pytestmark = pytest.mark.django_db


def test_programs_are_computed_again_although_nothing_changed() -> None:
    first, second = plans.program(code="ONE"), plans.program(code="TWO")
    for program in (first, second):
        recompute.drain(program.pk)
    call_command("recompute", "ONE", stdout=StringIO())
    assert [RecomputeState.objects.get(pk=one.pk).behind for one in (first, second)] == [1, 0]
    call_command("recompute", "--all", stdout=StringIO())
    assert RecomputeState.objects.get(pk=second.pk).behind == 1
    with pytest.raises(CommandError, match="no program NONE"):
        call_command("recompute", "NONE")
    with pytest.raises(CommandError, match="say --all"):
        call_command("recompute")
