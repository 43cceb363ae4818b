"""The schema (OpenAPI 3.1), the page that shows it, and the answer to addresses that are none."""

from functools import cache
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.views import SpectacularAPIView
from rest_framework.permissions import IsAuthenticated
from rest_framework.renderers import JSONRenderer

from tpm.lib.api import problems
from tpm.lib.api.problems import Problem


class _MadeOnce(SchemaGenerator):
    """The schema is the same for everybody as long as the process runs, and making it takes a third of a second."""

    def get_schema(self, request: Any = None, public: bool = False) -> dict[str, Any]:  # noqa: FBT001, FBT002 - as the library calls it
        return _schema()


@cache
def _schema() -> dict[str, Any]:
    made: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    return made


class Schema(SpectacularAPIView):
    permission_classes = [IsAuthenticated]
    generator_class = _MadeOnce


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Swagger UI over the schema; it tries requests out with the reader's own session and rights."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    return render(request, "tpm/api_docs.html")


@csrf_exempt
@login_not_required
def nowhere(request: HttpRequest) -> HttpResponse:
    """Answer an unknown address below /api/ as the API answers."""
    answer = problems.answer(Problem(404, "There is no such address in this API."), None)
    body = {**answer.data, "instance": request.path}
    return HttpResponse(JSONRenderer().render(body), status=404, content_type=problems.MEDIA_TYPE)
