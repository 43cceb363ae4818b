"""What is entered about gates: the gate itself, a decision, why it is opened again, a criterion and how it stands."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programs import policies
from programs.models import Program
from projects.models import Gate, GateCriterion, Task
from projects.selectors import projects
from projects.services import gates as services
from tpm.accounts.actors import Actor
from tpm.lib.forms import DayField, DayInput

DECISIONS = [choice for choice in Gate.State.choices if choice[0] != Gate.State.PENDING]


class GateForm(forms.ModelForm):
    """What a gate is called, whose it is, and when it is expected."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Gate
        fields = ("name", "project", "description", "position", "task", "planned_on", "agreed_on")
        widgets = {
            "description": forms.Textarea(attrs={"rows": 2}),
            "planned_on": DayInput(),
            "agreed_on": DayInput(),
        }
        help_texts = {
            "position": gettext_lazy("Gates of one program or project are passed in this order."),
            "task": gettext_lazy("Its finish in the plan is the date of the gate, its baseline what it is held against."),
            "planned_on": gettext_lazy("Only where no milestone stands for the gate."),
            "agreed_on": gettext_lazy("What the date is held against; empty: the first one that was planned."),
        }  # fmt: skip

    def __init__(self, *args: Any, actor: Actor, program: Program, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        whole = policies.holds(actor, services.EDIT, program.scope)
        project: Any = self.fields["project"]
        project.queryset = projects.of_program(actor, program)
        project.empty_label = _("the program itself") if whole else None
        project.required = not whole
        if self.instance.pk:
            del self.fields["project"]
        else:
            del self.fields["position"]
        found = Task.objects.visible_to(actor).filter(program=program, is_milestone=True, is_active=True)
        if self.instance.project_id:
            found = found.filter(project=self.instance.project_id)
        task: Any = self.fields["task"]
        task.queryset = found.select_related("project").order_by(
            "project__position", "schedule__finish", "pk"
        )
        task.label_from_instance = lambda one: f"{one.project.name}: {one.name}"
        task.empty_label = _("none; a date of its own")
        self.fields["version"].initial = self.instance.version if self.instance.pk else None

    def values(self) -> dict[str, Any]:
        """Return what the services take."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class DecisionForm(forms.Form):
    """What was decided, by when, on which conditions."""

    state = forms.ChoiceField(label=gettext_lazy("Decision"), choices=DECISIONS, widget=forms.RadioSelect)
    decided_on = DayField(label=gettext_lazy("Decided on"))
    note = forms.CharField(
        label=gettext_lazy("Note, conditions or reason"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Needed for everything but a plain pass."),
    )


class ReopenForm(forms.Form):
    """Why a decision is taken back."""

    reason = forms.CharField(
        label=gettext_lazy("Why it is opened again"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )


class CriterionForm(forms.Form):
    """What must be met."""

    text = forms.CharField(label=gettext_lazy("Another criterion"), max_length=500)


class SettleForm(forms.Form):
    """How a criterion stands."""

    state = forms.ChoiceField(label=gettext_lazy("State"), choices=GateCriterion.State.choices)
    reason = forms.CharField(
        label=gettext_lazy("Evidence or reason"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
