"""A small world: users by role, a portfolio, a program, projects, tasks, links."""

import functools
import itertools
from datetime import date
from typing import Any

from django.contrib.auth.hashers import make_password

from programs.models import Grant, Portfolio, Program
from programs.services import portfolios
from programs.services import programs as program_services
from projects.models import Project, Task
from projects.services import plan_edits
from projects.services import projects as project_services
from projects.services.commands import Command, CreateTask, LinkTasks
from tpm import activity
from tpm.accounts import actors
from tpm.accounts.actors import Actor
from tpm.accounts.models import User

_numbers = itertools.count(1)
PASSWORD = "correct horse battery staple"


def user(name: str = "", **fields: Any) -> User:
    number = next(_numbers)
    return User.objects.create(
        email=f"person{number}@example.org", password=_hashed(), name=name or f"Person {number}", **fields
    )


@functools.cache
def _hashed() -> str:
    """Hashing is slow by design: once is enough for everybody."""
    return make_password(PASSWORD)


def portfolio(owner: User | None = None, **fields: Any) -> Portfolio:
    name = fields.pop("name", f"Portfolio {next(_numbers)}")
    return portfolios.create(actor=actors.system(), name=name, owner=owner or user(), **fields)


def program(within: Portfolio | None = None, **fields: Any) -> Program:
    number = next(_numbers)
    values = {"code": f"P{number}", "name": f"Program {number}", "starts_on": date(2026, 1, 5), **fields}
    return program_services.create(actor=actors.system(), portfolio=within or portfolio(), **values)


def project(within: Program, **fields: Any) -> Project:
    number = next(_numbers)
    values = {"code": f"C{number}", "name": f"Project {number}", **fields}
    return project_services.create(actor=actors.system(), program=within, **values)


def grant(person: User, role: str, at: Portfolio | Program | Project) -> Grant:
    """Give a role without asking whether somebody may."""
    program_ = at.program if isinstance(at, Project) else at if isinstance(at, Program) else None
    portfolio_ = program_.portfolio if program_ else at
    with activity.change(actor=actors.system(), event="programs.members.changed") as change:
        return change.create(
            Grant(
                user=person,
                role=role,
                portfolio=portfolio_,
                program=program_,
                project_id=at.pk if isinstance(at, Project) else None,
            )
        )


def member(role: str, at: Portfolio | Program | Project) -> Actor:
    """Return an actor who holds just this role."""
    person = user(f"{role} of {at}")
    grant(person, role, at)
    return Actor(user=person, via=actors.WEB)


def tasks(within: Project, *durations_in_days: float, **fields: Any) -> list[Task]:
    """Add unlinked tasks, named A, B, C …"""
    commands: list[Command] = [
        CreateTask(project=within.pk, name=chr(65 + i), set={"duration": round(days * 480), **fields})
        for i, days in enumerate(durations_in_days)
    ]
    done = plan_edits.apply(actor=actors.system(), program=within.program, commands=commands)
    return [Task.objects.get(pk=done.created[i]) for i in range(len(commands))]


def chain(tasks_: list[Task]) -> None:
    """Link tasks one after the other."""
    commands: list[Command] = [LinkTasks(pred=a.pk, succ=b.pk) for a, b in itertools.pairwise(tasks_)]
    plan_edits.apply(actor=actors.system(), program=tasks_[0].program, commands=commands)
