"""The task of an amount: typed, chosen from a list of suggestions, and found again."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from budgets.selectors import rows
from programs.models import Program
from programs.selectors import programs
from projects.models import Task
from tpm.accounts import actors
from tpm.accounts.actors import Actor

_NUMBERED = re.compile(r"#(\d+)\b")


def label(task: Task | None) -> str:
    """Return a task as the picker writes it: its name and its number."""
    return f"{task.name} #{task.pk}" if task else ""


class TaskField(forms.CharField):
    """A task of the program; ``bind_to`` says which, and who asks."""

    def __init__(self, *, url: str = "", **options: object) -> None:
        super().__init__(max_length=600, **options)  # type: ignore[arg-type]
        self.actor: Actor | None = None
        self.program: Program | None = None

    def bind_to(self, actor: Actor, program: Program, url: str) -> None:
        self.actor, self.program = actor, program
        self.widget.attrs |= {
            "list": "task-options",
            "autocomplete": "off",
            "hx-get": url,
            "hx-trigger": "input changed delay:200ms, focus once",
            "hx-target": "#task-options",
            "hx-swap": "innerHTML",
        }

    def clean(self, value: str) -> Task | None:
        text = super().clean(value)
        if not text:
            return None
        assert self.actor is not None and self.program is not None
        visible = Task.objects.visible_to(self.actor).filter(program=self.program).select_related("project")
        numbered = _NUMBERED.search(text)
        found = list(
            visible.filter(pk=numbered[1]) if numbered else visible.filter(name__iexact=text.strip())[:2]
        )
        if len(found) != 1:
            raise ValidationError(_("Choose a task from the list."))
        return found[0]


@require_GET
def task_options(request: HttpRequest, pk: int) -> HttpResponse:
    """The suggestions of the task picker: options of a datalist."""
    actor = actors.from_request(request)
    program = programs.get_for(actor, pk, "budget.read")
    text = str(next((value for name, value in request.GET.items() if name.endswith("task")), ""))
    found = rows.tasks_like(actor, program, text.partition(" #")[0].strip())
    return render(
        request, "budgets/_task_options.html", {"options": [(label(task), task.project) for task in found]}
    )
