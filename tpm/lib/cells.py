"""One cell of a table, edited in its place: a field, the version of the row that it was read at, and what saving says.

A table opts a column in with ``{% cell %}`` (``tpm_cells``); an address per noun gives the editor to GET and saves what POST brings.
``static/js/lib/cells.js`` does the rest: keys, focus, what follows.
"""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from tpm.lib import htmx

Save = Callable[[Any, int], str]
"""Takes the new value and the version it was typed on; returns the address of the way back, or nothing."""


class CellForm(forms.Form):
    """The editor: one field, named by its column and its row."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(
        self, data: Any, *, name: str, field: forms.Field, value: Any, version: int, row: str
    ) -> None:
        super().__init__(
            data, initial={name: value, "version": version}, auto_id=False
        )  # ids would meet in the page
        said = f"{field.label}: {row}"
        field.widget.attrs |= {"aria-label": said, "autocomplete": "off", "class": "input"}
        if self.is_bound:
            field.widget.attrs["aria-describedby"] = "cell-error"
        field.help_text = ""
        self.fields[name] = field
        self.name = name

    @property
    def shown(self) -> forms.BoundField:
        """The field that people see."""
        return self[self.name]


def answer(
    request: HttpRequest, *, name: str, field: forms.Field, value: Any, version: int, row: str, save: Save
) -> HttpResponse:
    """Give the editor, save what it sends, or give it back with what is wrong.

    Conflicts are not caught here: they go the way of all forms (ADR 20), which asks for the editor anew and lets people choose.

    :param row: what the row is called; with the field's label it names the editor.
    """
    form = CellForm(request.POST or None, name=name, field=field, value=value, version=version, row=row)
    if form.is_bound and form.is_valid():
        try:
            undo = save(form.cleaned_data[name], form.cleaned_data["version"]) if form.has_changed() else ""
        except ValidationError as refused:
            form.add_error(name, refused.messages)
        else:
            done = htmx.done(_("Saved.") if undo else "", undo_url=undo)
            return htmx.trigger(done, "tpm:cell-saved")
    status = 422 if form.is_bound else 200
    return render(request, "components/_cell.html", {"form": form, "action": request.path}, status=status)
