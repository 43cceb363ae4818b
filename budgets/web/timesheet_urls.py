"""Addresses of timesheets."""

from django.urls import path

from budgets.web import timesheet_files, timesheets

urlpatterns = [
    path("timesheet/", timesheets.week, name="my-timesheet"),
    path("timesheet/tasks/", timesheets.task_options, name="timesheet-tasks"),
    *(
        path(
            f"timesheet/export.{kind}",
            timesheet_files.week,
            {"kind": kind},
            name=f"my-timesheet-export-{kind}",
        )
        for kind in ("csv", "xlsx")
    ),
    path("timesheets/", timesheets.sheet_list, name="timesheet-list"),
    path("timesheets/export/", timesheet_files.export, name="timesheet-export"),
    path("timesheets/<int:pk>/", timesheets.detail, name="timesheet-detail"),
    path("timesheets/<int:pk>/export.<slug:kind>", timesheet_files.sheet, name="timesheet-sheet-export"),
    path("timesheets/<int:pk>/approve/", timesheets.act, {"act": "approve"}, name="timesheet-approve"),
    path("timesheets/<int:pk>/return/", timesheets.act, {"act": "return"}, name="timesheet-return"),
    path("timesheets/<int:pk>/reopen/", timesheets.act, {"act": "reopen"}, name="timesheet-reopen"),
    path("timesheets/<int:pk>/withdraw/", timesheets.act, {"act": "withdraw"}, name="timesheet-withdraw"),
    path("programs/<int:pk>/timesheets/import/", timesheets.load, name="timesheet-import"),
]
