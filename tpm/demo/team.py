"""Who does the work that is still to do: people, roles and crews, some of them wanted by two programs at once."""

from decimal import Decimal

from programs.services import resources
from projects.models import Project, Task
from projects.services import plan_edits
from projects.services.commands import Assign, Command
from tpm.accounts import actors
from tpm.demo.building import World

# name, role, team, units available
TEAM = (
    ("Ewa Lindqvist", "Solution architect", "Integration", 1),
    ("Rafael Moreno", "Developer", "Integration", 1),
    ("Developers", "Developer", "Integration", 6),
    ("Test team", "Tester", "Quality", 3),
    ("Network engineers", "Network engineer", "Infrastructure", 4),
    ("Field crews", "Fitter", "Field", 8),
    ("Process designers", "Process designer", "Change", 2),
    ("Trainers", "Trainer", "Change", 2),
)
BY_KIND = {
    Project.Kind.SOFTWARE: ("Developers", "Test team", "Ewa Lindqvist", "Rafael Moreno"),
    Project.Kind.INFRASTRUCTURE: ("Network engineers", "Field crews"),
    Project.Kind.PROCESS: ("Process designers", "Field crews"),
    Project.Kind.CAPABILITY: ("Trainers",),
}
UNITS = {"Developers": Decimal(2), "Network engineers": Decimal(2), "Field crews": Decimal(4)}


def tell(world: World) -> None:
    """Assign them to what is not done, in turn; nobody has a calendar of his own, so no date moves."""
    made = {
        name: resources.create(
            actor=actors.system(), portfolio=world.portfolio, program=None, name=name, role=role, team=team,
            max_units=Decimal(units), is_generic=units > 1,
        )
        for name, role, team, units in TEAM
    }  # fmt: skip
    for code, program in world.programs.items():
        tasks = Task.objects.filter(
            program=program, is_milestone=False, is_active=True, actual_finish=None, children=None
        ).select_related("project")
        commands: list[Command] = []
        for number, task in enumerate(tasks.order_by("project__position", "pk")):
            offered = BY_KIND[Project.Kind(task.project.kind)]
            name = offered[number % len(offered)]
            commands.append(Assign(task.pk, made[name].pk, {"units": UNITS.get(name, Decimal(1))}))
        plan_edits.apply(
            actor=world.cast.manager(code), program=program, commands=commands, reason="Who does what is left"
        )
