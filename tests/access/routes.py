"""All addresses of the resolver, with the methods that their views answer."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


@dataclass(frozen=True)
class Route:
    name: str
    pattern: URLPattern

    @property
    def endpoint(self) -> Any:
        """The API's view class, None for a page."""
        view = getattr(self.pattern.callback, "cls", None)
        return view if hasattr(view, "capability") else None

    @property
    def methods(self) -> frozenset[str] | None:
        """What the view answers; None where only asking tells (a function)."""
        view = getattr(self.pattern.callback, "cls", None) or getattr(
            self.pattern.callback, "view_class", None
        )
        if view is None:
            return None
        return frozenset(method for method in METHODS if hasattr(view, method.lower()))

    @property
    def parameters(self) -> list[str]:
        return list(self.pattern.pattern.converters)


def all_routes() -> dict[str, Route]:
    """Return every route by its name; a route without a name, or two of one name, can not be told apart: an error."""
    found: dict[str, Route] = {}
    for name, pattern in _walk(get_resolver(), ""):
        assert pattern.name, f"{pattern} has no name"
        assert name not in found, f"two routes are named {name}"
        found[name] = Route(name, pattern)
    return found


def _walk(resolver: URLResolver, prefix: str) -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from _walk(entry, f"{prefix}{entry.namespace}:" if entry.namespace else prefix)
        else:
            yield f"{prefix}{entry.name}", entry
