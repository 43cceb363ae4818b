"""Dependencies in the browser and by API: board, list, graph, drawer, downloads; nobody sees one end only."""

from datetime import date

import pytest

from programs.services import programs as program_services
from projects.models import Commitment, Dependency, Project
from projects.selectors import commitments as read
from projects.services import commitments, plan_edits
from projects.services.commands import LinkTasks
from tests.api_client import Api
from tests.factories import plans
from tests.factories.browsers import HTMX, browser
from tpm import recompute
from tpm.accounts import actors

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    here = plans.portfolio()
    program, other = plans.program(here, code="HERE"), plans.program(here, code="THERE")
    giving, taking = plans.project(program, name="Network"), plans.project(program, name="Rollout")
    far = plans.project(other, name="Tariffs")
    (a,), (b,), (c,) = plans.tasks(giving, 5), plans.tasks(taking, 3), plans.tasks(far, 3)
    for succ, owner in ((b, program), (c, other)):
        plan_edits.apply(actor=actors.system(), program=owner, commands=[LinkTasks(a.pk, succ.pk)])
    recompute.drain(program.pk)
    recompute.drain(other.pk)
    return program, other, Dependency.objects.get(successor=b), Dependency.objects.get(successor=c)


def test_board_list_and_graph_show_both_directions_and_the_address_keeps_the_choice(world):
    program, _other, _near, _far = world
    person = browser(plans.member("TPM", program.portfolio))
    address = f"/programs/{program.pk}/dependencies/"
    page = person.get(address).content.decode()
    assert "Network" in page and "to Rollout" in page and "to Tariffs" in page and "nothing agreed" in page
    got = person.get(address, {"by": "get"}).content.decode()
    assert "from Network" in got
    table = person.get(address, {"view": "list", "project": _project("Tariffs")}).content.decode()
    assert "Tariffs" in table and table.count("<tr>") == 2  # head and one row
    graph = person.get(address, {"view": "graph"}).content.decode()
    assert graph.count('class="c-box"') == 3 and "Network gives Tariffs 1 thing" in graph
    assert (
        person.get(address, HTTP_HX_REQUEST="true")
        .content.decode()
        .startswith('<div class="stack" id="gives"')
    )
    assert "No dependency fits" in person.get(address, {"show": "overdue"}).content.decode()
    whole = person.get(f"/portfolios/{program.portfolio_id}/dependencies/").content.decode()
    assert "to Tariffs" in whole


def _project(name: str) -> int:
    return Project.objects.get(name=name).pk


def test_who_sees_one_program_sees_no_link_into_another(world):
    program, _other, near, far = world
    person = browser(plans.member("TPM", program))
    page = person.get(f"/programs/{program.pk}/dependencies/", {"show": "all"}).content.decode()
    assert "to Rollout" in page and "Tariffs" not in page
    assert person.get(f"/links/{far.pk}/").status_code == 404
    export = person.get(f"/programs/{program.pk}/dependencies/export.csv?show=all").content.decode(
        "utf-8-sig"
    )
    assert len(export.strip().splitlines()) == 2 and "Rollout" in export
    assert person.get(f"/programs/{program.pk}/dependencies/export.pdf").status_code == 404
    project_only = browser(plans.member("PM", near.predecessor.project))
    assert "both ends" in project_only.get(f"/programs/{program.pk}/dependencies/").content.decode()


def test_a_promise_is_made_rejected_without_reason_refused_and_accepted_in_the_drawer(world):
    program, _other, near, _far = world
    person = browser(plans.member("TPM", program))
    empty = person.post(f"/links/{near.pk}/promise/", {}, headers=HTMX)
    assert empty.status_code == 422 and "This field is required" in empty.content.decode()
    made = person.post(f"/links/{near.pk}/promise/", {"promise-promised_on": "2026-01-09"}, headers=HTMX)
    assert made.status_code == 200 and "dependencies-changed" in made.headers["HX-Trigger"]
    refused = person.post(f"/links/{near.pk}/answer/", {"reject": "1"}, headers=HTMX)
    assert refused.status_code == 422 and "Say why" in refused.content.decode()
    stale = person.post(f"/links/{near.pk}/answer/", {"accept": "1", "version": "7"}, headers=HTMX)
    assert stale.status_code == 409
    assert (
        person.post(f"/links/{near.pk}/answer/", {"accept": "1", "version": "1"}, headers=HTMX).status_code
        == 200
    )
    assert Commitment.objects.get().state == "accepted"
    drawer = person.get(f"/links/{near.pk}/").content.decode()
    assert "What was said" in drawer and "It is there" in drawer
    reader = browser(plans.member("AU", program)).get(f"/links/{near.pk}/").content.decode()
    assert "What was said" in reader and "<form" not in reader


def test_the_api_asks_promises_and_answers_with_versions(world):
    program, _other, near, _far = world
    api = Api(plans.member("TPM", program))
    asked = api.post(f"dependencies/{near.pk}/commitment/", {"deliverable": "Ring in service"})
    assert (
        asked.status_code == 201
        and asked.json()["state"] == "proposed"
        and asked.json()["promised_on"] is None
    )
    item = f"commitments/{asked.json()['id']}/"
    assert api.post(f"{item}promise/", {"promised_on": "2026-01-20"}).status_code == 428
    promised = api.post(f"{item}promise/", {"promised_on": "2026-01-20"}, **{"If-Match": '"v1"'})
    assert promised.status_code == 200 and promised.json()["breaches"] == ["late_promise"]
    assert api.post(f"{item}answer/", {"accepts": False}, **{"If-Match": '"v2"'}).status_code == 400
    assert api.post(f"{item}answer/", {"accepts": True}, **{"If-Match": '"v2"'}).json()["state"] == "accepted"
    listed = api.get("commitments/?state=accepted").json()
    assert [one["dependency"] for one in listed["results"]] == [near.pk]
    assert [one["promised_on"] for one in api.get(f"{item}history/").json()] == [
        "2026-01-20",
        "2026-01-20",
        None,
    ]
    delivered = api.post(f"{item}delivery/", {"delivered_on": "2026-01-19"}, **{"If-Match": '"v3"'})
    assert delivered.json()["state"] == "delivered"
    assert api.delete(item, version=4).status_code == 200 and not Commitment.objects.exists()


def test_overdue_promises_stand_on_my_day(world):
    program, _other, near, _far = world
    commitments.promise(
        actor=actors.system(), link=_link(near), commitment=None, promised_on=date(2026, 1, 9)
    )
    program.refresh_from_db()
    program_services.update(actor=actors.system(), program=program, data_date=date(2026, 2, 2))
    page = browser(plans.member("TPM", program)).get("/").content.decode()
    assert "1 promise overdue (Network)" in page


def _link(link: Dependency) -> Dependency:
    return read.get_for(actors.system(), link.pk)
