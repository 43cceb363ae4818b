"""Addresses of risks."""

from django.urls import path

from risks.web import bulk, cells, risks

app_name = "risks"
urlpatterns = [
    path("programs/<int:pk>/risks/", risks.program_risks, name="program-risks"),
    path("programs/<int:pk>/risks/list/", risks.risk_list, name="risk-list"),
    path("programs/<int:pk>/risks/panel/", risks.risk_panel, name="risk-panel"),
    path("programs/<int:pk>/risks/new/", risks.risk_create, name="risk-create"),
    path("programs/<int:pk>/risks/export.<slug:kind>", risks.risk_export, name="risk-export"),
    path("programs/<int:pk>/risks/bulk/", bulk.risk_bulk, name="risk-bulk"),
    path("programs/<int:pk>/risks/changes/<int:change_set>/undo/", bulk.risk_undo, name="risk-undo"),
    path("risks/<int:pk>/", risks.risk_drawer, name="risk-drawer"),
    path("risks/<int:pk>/cell/<slug:field>/", cells.risk_cell, name="risk-cell"),
    path("risks/<int:pk>/edit/", risks.risk_edit, name="risk-edit"),
    path("risks/<int:pk>/close/", risks.risk_close, name="risk-close"),
    path("risks/<int:pk>/delete/", risks.risk_delete, name="risk-delete"),
]
