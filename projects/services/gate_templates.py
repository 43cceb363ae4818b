"""The gates that programs and component projects usually have; ADR 25 says where they come from. They are copied, never referred to."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from projects.models import Project

Template = tuple[str, str, tuple[str, ...]]
SOFTWARE, INFRASTRUCTURE, PROCESS, CAPABILITY = (
    Project.Kind.SOFTWARE,
    Project.Kind.INFRASTRUCTURE,
    Project.Kind.PROCESS,
    Project.Kind.CAPABILITY,
)


def gates(kind: str) -> Iterator[Template]:
    """Yield name, purpose and criteria of each gate, in the language of who copies them; an empty ``kind`` is a program's."""
    for name, purpose, common, special in _all():
        yield name, purpose, (*common, *special.get(kind, ()))


def _all() -> list[tuple[str, str, tuple[str, ...], dict[str, tuple[str, ...]]]]:
    return [
        (
            _("Concept"),
            _("Is it worth doing?"),
            (
                _("The business case names benefits, costs and an owner for each"),
                _("Sponsor and decision makers are named"),
            ),
            {
                SOFTWARE: (_("Make or buy was compared"),),
                INFRASTRUCTURE: (_("Sites were surveyed"),),
                PROCESS: (_("The process as it is was measured"),),
                CAPABILITY: (_("The gap in skills is known"),),
                "": (_("Component projects and what they give each other are outlined"),),
            },
        ),
        (
            _("Plan"),
            _("Can it be done in time and money, and is the money there?"),
            (
                _("Plan and budget are agreed in a baseline"),
                _("The largest risks have owners and responses"),
            ),
            {
                SOFTWARE: (_("Requirements are agreed with those who will use it"),),
                INFRASTRUCTURE: (_("Permits and long-lead deliveries are ordered"),),
                PROCESS: (_("Who is affected was asked"),),
                CAPABILITY: (_("Roles and training are designed"),),
                "": (_("Promises between the projects are accepted"),),
            },
        ),
        (
            _("Build"),
            _("Does what was built do what was agreed?"),
            (
                _("The agreed scope is built, or what is left out was decided"),
                _("Tests show that acceptance criteria are met"),
            ),
            {
                SOFTWARE: (_("No open defect stops the work of a user"),),
                INFRASTRUCTURE: (_("Everything is installed and measured"),),
                PROCESS: (_("A pilot ran with real cases"),),
                CAPABILITY: (_("The first group is trained and was observed at work"),),
                "": (_("The outputs work together, end to end"),),
            },
        ),
        (
            _("Ready for use"),
            _("May people depend on it from the chosen day?"),
            (
                _("Those who run it have taken it over, with instructions"),
                _("The way back is tested"),
            ),
            {
                SOFTWARE: (_("Data are migrated in a rehearsal"),),
                INFRASTRUCTURE: (_("Spare parts and maintenance are contracted"),),
                PROCESS: (_("Everybody concerned was told and trained"),),
                CAPABILITY: (_("Posts are filled"),),
                "": (_("The day of cut-over is agreed with the business"),),
            },
        ),
        (
            pgettext("gate", "Closed"),
            _("Did it give what was promised, and is everything handed over?"),
            (
                _("Benefits are measured against the business case"),
                _("Contracts, accounts and open actions are closed or handed over"),
            ),
            {
                SOFTWARE: (_("The old system is switched off"),),
                INFRASTRUCTURE: (_("As-built documents are filed"),),
                PROCESS: (_("The old way of working is not possible any more"),),
                CAPABILITY: (_("Results are reviewed half a year on"),),
                "": (_("Lessons are written down and shared"),),
            },
        ),
    ]
