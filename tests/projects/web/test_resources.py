"""The page of resources, and assignments in a task's drawer."""

import pytest
from django.test import Client

from programs.models import Resource
from projects.models import Assignment
from tests.factories import plans
from tests.factories.browsers import browser as signed_in

pytestmark = pytest.mark.django_db


def test_a_manager_adds_a_resource_assigns_it_and_takes_it_off_again():
    program = plans.program()
    [task] = plans.tasks(plans.project(program), 3)
    browser: Client = signed_in(plans.member("TPM", program))
    page = browser.get(f"/programs/{program.pk}/resources/")
    assert "Add the first resource" in page.content.decode()
    form = {"name": "Ann", "kind": "work", "role": "Fitter", "max_units": "1", "is_active": "on"}
    assert browser.post(f"/programs/{program.pk}/resources/new/", form).status_code == 302
    assert (
        browser.post(f"/programs/{program.pk}/resources/new/", form).status_code == 422
    )  # the name is taken
    ann = Resource.objects.get()
    section = f"/tasks/{task.pk}/assignments/"
    assert "Nobody is assigned" in browser.get(section).content.decode()
    assign = {"assign-resource": ann.pk, "assign-units": "-1"}
    assert browser.post(f"/tasks/{task.pk}/assign/", assign).status_code == 422
    assert browser.post(f"/tasks/{task.pk}/assign/", assign | {"assign-units": "0.5"}).status_code == 200
    mine = Assignment.objects.get()
    assert "Ann" in browser.get(section).content.decode() and "50 %" in browser.get(section).content.decode()
    edit = f"/assignments/{mine.pk}/edit/"
    changed = browser.post(edit, {"version": mine.version, "units": "1", "work": "2 d", "actual_work": "1 h"})
    mine.refresh_from_db()
    assert changed.status_code == 200 and (mine.work, mine.actual_work) == (960, 60)
    assert browser.post(edit, {"version": 1, "units": "2"}).status_code == 409
    in_use = browser.post(f"/programs/{program.pk}/resources/{ann.pk}/delete/", follow=True)
    assert "still in use" in in_use.content.decode()
    assert browser.post(edit, {"remove": "1"}).status_code == 200 and not Assignment.objects.exists()
    browser.post(f"/programs/{program.pk}/resources/{ann.pk}/delete/")
    assert not Resource.objects.exists()


def test_those_who_only_read_see_who_works_but_no_forms():
    program = plans.program()
    [task] = plans.tasks(plans.project(program), 3)
    reader = signed_in(plans.member("AU", program))
    assert "<form" not in reader.get(f"/tasks/{task.pk}/assignments/").content.decode()
    page = reader.get(f"/programs/{program.pk}/resources/").content.decode()
    assert "No resource yet" in page and "Add the first resource" not in page
    export = reader.get(f"/programs/{program.pk}/plan/export/")
    assert "Download the program" in export.content.decode()
    losses = reader.get(f"/programs/{program.pk}/plan/export/losses/").content.decode()
    assert "not computed yet" in losses
    assert b"".join(reader.get(f"/programs/{program.pk}/plan/export/file/").streaming_content).endswith(
        b"</Project>\n"
    )
