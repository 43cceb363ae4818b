"""Two people at once: each link is safe alone, together they would close a circle."""

import threading

import pytest
from django.db import connection

from projects.models import Dependency
from projects.services import plan_edits
from projects.services.commands import EditRefused, LinkTasks
from tests.factories import plans
from tpm.accounts import actors

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("round_", range(5))
def test_of_two_links_that_close_a_circle_together_only_one_is_made(round_: int) -> None:
    portfolio = plans.portfolio()
    here, there = plans.project(plans.program(portfolio)), plans.project(plans.program(portfolio))
    (a, b), (c, d) = plans.tasks(here, 1, 1), plans.tasks(there, 1, 1)
    plans.chain([a, b])
    plans.chain([c, d])
    gate = threading.Barrier(2)
    refused: list[str] = []

    def link(project: object, before: int, after: int) -> None:
        gate.wait()
        try:
            plan_edits.apply(
                actor=actors.system(),
                program=project.program,  # type: ignore[attr-defined]
                commands=[LinkTasks(before, after)],
            )
        except EditRefused as error:
            refused.extend(one.code for one in error.errors)
        finally:
            connection.close()

    people = [
        threading.Thread(target=link, args=(there, b.pk, c.pk)),
        threading.Thread(target=link, args=(here, d.pk, a.pk)),
    ]
    for person in people:
        person.start()
    for person in people:
        person.join()
    assert refused == ["circle"]
    assert Dependency.objects.count() == 3
