"""Edits that can not be carried out, as problems."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import inline_serializer
from rest_framework import serializers

from projects.services import command_json
from projects.services.commands import Command, EditRefused
from tpm.lib.api.etags import stale
from tpm.lib.api.problems import FieldError, Problem


def answer(
    refused: EditRefused, commands: list[Command], represent: Callable[[Any], Any], *, single: bool = False
) -> Problem:
    """Return the answer to refused edits.

    Of a list: 409 if somebody else was faster, else 422, with an error per command. Of a ``single`` resource: 412 with the
    row as it is now, 404 if it is gone.
    """
    if single and refused.is_conflict:
        current = next(error.current for error in refused.errors if error.code == "conflict")
        if current is None:
            return Problem(404, _("Somebody deleted it meanwhile."))
        return stale(getattr(current, "version", None), represent(current))
    errors = []
    for error, rendered in zip(
        refused.errors, command_json.render_refused(refused, commands, as_text=True), strict=True
    ):
        at = "" if single else f"/commands/{error.index}"
        pointer = f"{at}/{error.field}" if error.field else at
        extra = {k: v for k, v in rendered.items() if k not in ("code", "message", "field")}
        errors.append(FieldError(pointer, error.message, error.code, {} if single else extra))
    detail = _("The edits were not carried out; see “errors”.")
    return Problem(409 if refused.is_conflict else 422, detail, errors=errors)


def carried_out(name: str) -> Any:
    """Return the schema of the answer to a deletion."""
    fields: dict[str, serializers.Field[Any, Any, Any, Any]] = {
        "deleted": serializers.BooleanField(),
        "revision": serializers.IntegerField(),
        "computed_revision": serializers.IntegerField(),
    }
    return inline_serializer(name, fields)
