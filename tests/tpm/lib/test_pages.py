"""Long lists in pieces: every row once, in every order, whatever is missing in it."""

from typing import Any

import pytest
from django.test import RequestFactory
from django.urls import reverse

from projects.models import Task
from projects.selectors import task_tables
from tests.factories import plans
from tests.factories.browsers import HTMX, browser
from tpm import activity, recompute
from tpm.accounts import actors
from tpm.lib import pages


@pytest.mark.django_db
def test_pieces_of_a_table_hold_every_row_once_in_every_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "SIZE", 3)
    program = plans.program()
    made = plans.tasks(plans.project(program), 1, 2, 3, 4, 5, 6, 7)
    plans.tasks(plans.project(program, name="Ärger"), 2, 2)
    recompute.drain(program.pk)
    with activity.change(actor=actors.system(), event="projects.plan.changed", programs=[program]) as change:
        for task, who in zip(made, ("b", "", "a", "b", "", "a", "c"), strict=True):
            change.bulk_update(Task.objects.filter(pk=task.pk), responsible=who)
    late = plans.tasks(plans.project(program, name="New"), 1)  # not computed yet: no schedule
    actor = plans.member("TPM", program)
    mia, url = browser(actor), reverse("projects:task-list", args=[program.pk])
    for sort in [*task_tables.SORTS, *(f"-{key}" for key in task_tables.SORTS)]:
        whole = [row.pk for row in task_tables.rows(actor, program, show="all", sort=sort)]
        found: list[int] = []
        address = f"{url}?show=all&sort={sort}"
        while address:
            answer = mia.get(address, headers=HTMX)
            found += [row.pk for row in answer.context["rows"]]
            assert answer.context["piece"].total == 10
            address = answer.context["piece"].next_url
        assert found == whole and late[0].pk in found, sort
    # A refresh gives as many rows as are shown; a row that is gone makes the list begin anew.
    assert len(mia.get(f"{url}?show=all&shown=7", headers=HTMX).context["rows"]) == 7
    gone = mia.get(f"{url}?show=all&after=999999", headers=HTMX)
    assert gone.status_code == 204 and "list-changed" in gone["HX-Trigger"]
    hidden = plans.tasks(plans.project(plans.program()), 1)[0]
    assert mia.get(f"{url}?after={hidden.pk}", headers=HTMX).status_code == 204, (
        "it tells no place of what is hidden"
    )


def test_a_list_that_was_read_whole_comes_in_pieces_and_a_side_list_says_what_is_missing() -> None:
    def ask(query: str) -> Any:
        return RequestFactory().get(f"/list/?{query}")

    rows = list(range(1, 451))
    first = pages.of_list(ask("q=x"), rows, lambda row: row)
    assert (len(first.rows), first.total, first.next_url) == (200, 450, "/list/?q=x&after=200")
    last = pages.of_list(ask("after=400"), rows, lambda row: row)
    assert (list(last.rows), last.next_url) == (rows[400:], "")
    with pytest.raises(pages.Gone):
        pages.of_list(ask("after=451"), rows, lambda row: row)
    few = pages.beginning(ask("sort=a"), rows, 100, "orders")
    assert (few.shown, few.total, few.all_url) == (100, 450, "?sort=a&all=orders")
    assert pages.beginning(ask("all=orders"), rows, 100, "orders").shown == 450
