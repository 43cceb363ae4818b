"""The menu of saved views: on every list that keeps its state in the address."""

from typing import Any

from django import template

from tpm.accounts import saved_views as kept

register = template.Library()


@register.simple_tag(takes_context=True)
def keeps_views(context: template.Context) -> bool:
    """Tell whether the page that is shown keeps views, for heads that several pages share."""
    return context["request"].resolver_match.view_name in kept.pages


@register.inclusion_tag("components/_saved_views.html", takes_context=True)
def saved_views(context: template.Context) -> dict[str, Any]:
    """The menu of the page that is shown. Not inside a form: it brings a form of its own. No query until it is opened."""
    match = context["request"].resolver_match
    assert match.view_name in kept.pages, f"{match.view_name} is not in tpm/web/saved_pages.py"
    return {"page": match.view_name, "place": str(match.kwargs.get("pk", 0))}
