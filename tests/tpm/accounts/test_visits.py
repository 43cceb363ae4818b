"""What is new stays in view during a visit, and is measured from the end of the one before."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import plans
from tpm.accounts import actors, visits
from tpm.accounts.actors import Actor

pytestmark = pytest.mark.django_db


def test_a_visit_begins_where_the_last_one_ended() -> None:
    actor = Actor(user=plans.user(), via=actors.WEB)
    monday = timezone.now()
    assert visits.note(actor, monday) == monday - visits.FIRST
    evening = monday + timedelta(minutes=20)
    assert visits.note(actor, evening) == evening - visits.FIRST
    tuesday = monday + timedelta(days=1)
    assert visits.note(actor, tuesday) == evening
    assert visits.note(actor, tuesday + timedelta(minutes=10)) == evening
    assert visits.began(actor, tuesday + timedelta(hours=3)) == evening
