"""Timesheets: hours entered, submitted, agreed, taken back; from a file."""

from typing import Any, ClassVar

import django_filters
from django.db.models import QuerySet
from django.utils import timezone
from rest_framework import serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from budgets.models import Timesheet
from budgets.selectors import timesheets as selectors
from budgets.services import time_imports
from budgets.services import timesheets as services
from budgets.services.row_errors import RowsRefused
from budgets.services.timesheets import Hours
from programs import policies
from programs.selectors import programs
from projects.models import Task
from tpm.accounts.models import User
from tpm.activity.rest import Endpoint, Strict, operation
from tpm.activity.rest_fields import LARGEST
from tpm.lib.api.filters import IdFilter


class EntryOut(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    task = serializers.IntegerField(source="task_id")
    day = serializers.DateField()
    minutes = serializers.IntegerField()
    note = serializers.CharField()
    actual = serializers.IntegerField(source="actual_id", allow_null=True)


class TimesheetOut(serializers.Serializer[Any]):
    """The hours of a person on the tasks of a project from a Monday to the Sunday after."""

    id = serializers.IntegerField()
    version = serializers.IntegerField()
    program = serializers.IntegerField(source="program_id")
    project = serializers.IntegerField(source="project_id")
    person = serializers.IntegerField(source="person_id")
    week = serializers.DateField()
    state = serializers.ChoiceField(Timesheet.State.choices)
    submitted_by = serializers.IntegerField(source="submitted_by_id", allow_null=True)
    decided_by = serializers.IntegerField(source="decided_by_id", allow_null=True)
    reason = serializers.CharField()
    entries = EntryOut(many=True)


class HoursIn(Strict):
    """``minutes`` 0 take an entry back. Without ``person`` (an id) it is you."""

    person = serializers.IntegerField(min_value=1, max_value=LARGEST, required=False, allow_null=True)
    task = serializers.IntegerField(min_value=1, max_value=LARGEST)
    day = serializers.DateField()
    minutes = serializers.IntegerField(min_value=0, max_value=1440)
    note = serializers.CharField(max_length=300, required=False, allow_blank=True)


class EntriesIn(Strict):
    rows = HoursIn(many=True, max_length=5000, allow_empty=False)  # type: ignore[call-arg]
    dry_run = serializers.BooleanField(required=False, default=False)


class EnteredOut(serializers.Serializer[Any]):
    """How many entries were (in a dry run: would be) added, changed and taken back."""

    added = serializers.IntegerField()
    changed = serializers.IntegerField()
    removed = serializers.IntegerField()


class FileIn(Strict):
    file = serializers.FileField()
    dry_run = serializers.BooleanField(required=False, default=False)


class ReasonIn(Strict):
    reason = serializers.CharField(max_length=300)


class TimesheetFilters(django_filters.FilterSet):
    program = IdFilter("program_id")
    project = IdFilter("project_id")
    person = IdFilter("person_id")
    state = django_filters.ChoiceFilter(choices=Timesheet.State.choices)
    week = django_filters.DateFilter("week")


class _Timesheets(Endpoint):
    out = TimesheetOut

    def rows(self) -> QuerySet[Any]:
        return selectors.rows(self.actor).prefetch_related("entries")

    def fresh(self, pk: int) -> Response:
        return self.written(self.represent(self.rows().get(pk=pk)))


class TimesheetList(_Timesheets):
    serializer_class = TimesheetOut
    filterset_class = TimesheetFilters
    orderings: ClassVar = {"id": ("pk",), "week": ("week", "pk")}

    @operation("program.read", gives=TimesheetOut(many=True), summary="List timesheets")
    def get(self, request: Request) -> Response:
        return self.page(self.rows())


class TimesheetItem(_Timesheets):
    @operation("time.read", gives=TimesheetOut, summary="Read a timesheet")
    def get(self, request: Request, pk: int) -> Response:
        return Response(self.represent(self.rows().get(pk=pk)))


def refused(error: RowsRefused) -> serializers.ValidationError:
    """Return what was refused row by row: ``{"rows": [{"row": 2, "column": "hours", "reason": "…"}]}``."""
    found = [{"row": str(one.row), "column": one.column, "reason": one.reason} for one in error.errors]
    return serializers.ValidationError({"rows": found})


class TimeEntries(Endpoint):
    @operation("time.enter", takes=EntriesIn, gives=EnteredOut, summary="Enter hours, all rows or none")
    def post(self, request: Request) -> Response:
        given = self.given(EntriesIn)
        tasks = {
            one.pk: one
            for one in Task.objects.visible_to(self.actor)
            .filter(pk__in={row["task"] for row in given["rows"]})
            .select_related("project", "program")
        }
        people = {
            one.pk: one for one in User.objects.filter(pk__in={row.get("person") for row in given["rows"]})
        }
        rows, errors = [], []
        for number, row in enumerate(given["rows"], 1):
            person = people.get(row["person"]) if row.get("person") else self.actor.user
            if row["task"] not in tasks:
                errors.append({"row": str(number), "column": "task", "reason": "There is no such task."})
            elif person is None:
                errors.append({"row": str(number), "column": "person", "reason": "There is no such person."})
            else:
                rows.append(
                    Hours(number, person, tasks[row["task"]], row["day"], row["minutes"], row.get("note", ""))
                )
        if errors:
            raise serializers.ValidationError({"rows": errors})
        try:
            found = services.enter(actor=self.actor, rows=rows, dry_run=given["dry_run"])
        except RowsRefused as error:
            raise refused(error) from error
        return self.written(EnteredOut(found).data)


class ProgramTimeImport(Endpoint):
    parser_classes: ClassVar = [MultiPartParser]  # type: ignore[misc]

    @operation(
        "time.enter",
        takes=FileIn,
        gives=EnteredOut,
        summary="Enter the hours of a CSV file or workbook, all rows or none",
    )
    def post(self, request: Request, pk: int) -> Response:
        program = programs.get_for(self.actor, pk)
        policies.authorize_within(self.actor, self.capability, program)
        given = self.given(FileIn)
        file = given["file"]
        try:
            found = time_imports.load(
                actor=self.actor, program=program, files={file.name: file}, dry_run=given["dry_run"]
            )
        except RowsRefused as error:
            raise refused(error) from error
        return self.written(EnteredOut(found).data)


class _Act(_Timesheets):
    def sheet(self, pk: int) -> Timesheet:
        """Return the timesheet, authorized and as it was read."""
        sheet = selectors.get_for(self.actor, pk)
        mine = self.actor.user is not None and sheet.person_id == self.actor.user.pk
        if not (mine and self.capability == "time.import"):  # one's own needs no right over others' hours
            policies.authorize(self.actor, self.capability, sheet)
        self.match(sheet)
        return sheet


class TimesheetSubmit(_Act):
    @operation("time.import", gives=TimesheetOut, versioned=True, summary="Submit a timesheet")
    def post(self, request: Request, pk: int) -> Response:
        services.submit(actor=self.actor, sheets=[self.sheet(pk)], at=timezone.now())
        return self.fresh(pk)


class TimesheetWithdraw(_Act):
    @operation("time.import", gives=TimesheetOut, versioned=True, summary="Take a submitted timesheet back")
    def post(self, request: Request, pk: int) -> Response:
        services.withdraw(actor=self.actor, sheet=self.sheet(pk))
        return self.fresh(pk)


class TimesheetApprove(_Act):
    @operation("time.approve", gives=TimesheetOut, versioned=True, summary="Agree to hours and post them")
    def post(self, request: Request, pk: int) -> Response:
        try:
            services.approve(actor=self.actor, sheet=self.sheet(pk), at=timezone.now())
        except RowsRefused as error:
            raise refused(error) from error
        return self.fresh(pk)


class TimesheetReturn(_Act):
    @operation(
        "time.approve", takes=ReasonIn, gives=TimesheetOut, versioned=True, summary="Send a timesheet back"
    )
    def post(self, request: Request, pk: int) -> Response:
        sheet = self.sheet(pk)
        services.send_back(actor=self.actor, sheet=sheet, at=timezone.now(), **self.given(ReasonIn))
        return self.fresh(pk)


class TimesheetReopen(_Act):
    @operation(
        "time.approve",
        takes=ReasonIn,
        gives=TimesheetOut,
        versioned=True,
        summary="Reverse what a timesheet posted and open it again",
    )
    def post(self, request: Request, pk: int) -> Response:
        services.reopen(actor=self.actor, sheet=self.sheet(pk), **self.given(ReasonIn))
        return self.fresh(pk)
