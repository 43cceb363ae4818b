"""Schedule quality: the fourteen checks of a program or a project, with the offending tasks."""

from typing import Any

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from programs.models import Program
from programs.selectors import programs
from projects.engine.network import NetworkError
from projects.selectors import plans, projects, quality, quality_words
from projects.selectors.quality import Quality, ScopeQuality
from tpm.activity.rest import Endpoint, operation
from tpm.lib.api.problems import Problem


class CheckOut(serializers.Serializer[Any]):
    """``count`` of ``population`` offend, or ``value`` is an index. ``limit`` is the largest percentage, or the smallest index,
    that passes; ``passed`` is null where the check gives no verdict."""

    number = serializers.IntegerField()
    code = serializers.CharField()
    title = serializers.CharField()
    explanation = serializers.CharField()
    count = serializers.IntegerField()
    population = serializers.IntegerField()
    percent = serializers.FloatField(allow_null=True)
    value = serializers.FloatField(allow_null=True)
    limit = serializers.FloatField(allow_null=True)
    threshold = serializers.CharField(help_text="The limit in words.")
    passed = serializers.BooleanField(allow_null=True)
    tasks = serializers.ListField(
        child=serializers.IntegerField(), help_text="Offending tasks that you may see, by id."
    )


class ProjectScoreOut(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    name = serializers.CharField()
    score = serializers.IntegerField(allow_null=True)
    failed = serializers.ListField(child=serializers.CharField(), help_text="Codes of the failed checks.")


class QualityOut(serializers.Serializer[Any]):
    """``is_whole`` is false where you read some projects of the program only: the figures are then those projects'."""

    revision = serializers.IntegerField()
    project = serializers.IntegerField(allow_null=True)
    is_whole = serializers.BooleanField()
    score = serializers.IntegerField(
        allow_null=True, help_text="Passed checks in percent of those with a verdict, rounded down."
    )
    passing_score = serializers.IntegerField(help_text="What a new baseline of the program needs.")
    baseline_gate = serializers.BooleanField(help_text="Whether a new baseline needs it.")
    checks = CheckOut(many=True)
    projects = ProjectScoreOut(many=True)


class ProgramQuality(Endpoint):
    @operation("plan.read", gives=QualityOut, summary="Judge the schedule quality of a program")
    def get(self, request: Request, pk: int) -> Response:
        program = programs.get_for(self.actor, pk, "plan.read")
        return Response(_judged(self, program, None))


class ProjectQuality(Endpoint):
    @operation("plan.read", gives=QualityOut, summary="Judge the schedule quality of a project")
    def get(self, request: Request, pk: int) -> Response:
        project = projects.get_for(self.actor, pk)
        return Response(_judged(self, project.program, project.pk))


def _judged(endpoint: Endpoint, program: Program, project: int | None) -> dict[str, Any]:
    try:
        found = quality.of_program(endpoint.actor, program, project=project, each=project is None)
    except NetworkError as error:
        raise Problem(409, str(error), code="not_schedulable") from None
    options = plans.of_program(program)
    return {
        "revision": found.revision,
        "project": project,
        "is_whole": found.is_whole or project is not None,
        "score": found.chosen.score,
        "passing_score": options.passing_score,
        "baseline_gate": options.baseline_gate,
        "checks": _checks(found),
        "projects": [_score(one) for one in found.projects] if project is None else [],
    }


def _checks(found: Quality) -> list[dict[str, Any]]:
    return [
        {
            "number": check.number,
            "code": check.code,
            "title": quality_words.title(check.code),
            "explanation": quality_words.explanation(check.code),
            "count": check.count,
            "population": check.population,
            "percent": check.percent,
            "value": check.value,
            "limit": check.limit,
            "threshold": quality_words.limit(check),
            "passed": check.passed,
            "tasks": found.offenders(check),
        }
        for check in found.chosen.checks
    ]


def _score(one: ScopeQuality) -> dict[str, Any]:
    assert one.project is not None
    failed = [check.code for check in one.failed]
    return {"id": one.project.pk, "name": one.project.name, "score": one.score, "failed": failed}
