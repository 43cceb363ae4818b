"""Cells of tables that are edited in their place: see ``tpm/lib/cells.py``."""

from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tpm.lib.templatetags.tpm_ui import icon

register = template.Library()


@register.simple_block_tag
def cell(content: str, view: str, pk: int, field: str, label: str, may: Any) -> str:
    """What a cell says, as a button that opens its editor; as it is where one ``may`` not. The label is the column's."""
    if not may:
        return content
    address = reverse(view, args=[pk, field])
    shown = SafeString(content.strip() or "–")  # the template has escaped it
    return format_html(
        '<button type="button" class="cell-value" tabindex="-1" data-cell="{}" aria-keyshortcuts="Enter F2">'
        '<span class="visually-hidden">{}: </span><span data-shown>{}</span></button>',
        address,
        label,
        shown,
    )


@register.simple_tag
def cell_pencil(view: str, pk: int, field: str, label: str, name: str, may: Any) -> str:
    """For a cell that holds a link: a pencil beside it; F2 on the link does the same."""
    if not may:
        return ""
    said = _("Change %(field)s of %(name)s") % {"field": label, "name": name}
    return format_html(
        '<button type="button" class="cell-pencil" tabindex="-1" data-cell="{}" aria-label="{}" aria-keyshortcuts="F2">{}</button>',
        reverse(view, args=[pk, field]),
        said,
        icon("edit"),
    )


@register.filter
def among(value: Any, those: Any) -> bool:
    """Tell whether a value is one of those."""
    return value in those
