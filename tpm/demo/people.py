"""The people of the demo: one for each role, and a few more to share the work."""

from dataclasses import dataclass

from django.contrib.auth.hashers import make_password

from programs.models import Portfolio, Program
from programs.policies import Role
from programs.services import members
from tpm.accounts import actors
from tpm.accounts.actors import Actor
from tpm.accounts.models import User

DOMAIN = "lindmere.example"


@dataclass(frozen=True)
class Person:
    """``programs`` are codes; without any the role holds for the whole portfolio."""

    key: str
    name: str
    role: str
    programs: tuple[str, ...] = ()

    @property
    def email(self) -> str:
        return f"{self.key}@{DOMAIN}"


PEOPLE = (
    Person("ingrid", "Ingrid Solberg", Role.PO),
    Person("tomas", "Tomas Reuter", Role.ES),
    Person("priya", "Priya Nair", Role.SC),
    Person("marta", "Marta Kowalska", Role.TPM, ("METER", "CUST")),
    Person("daniel", "Daniel Okafor", Role.TPM, ("EXIT", "FIELD")),
    Person("jonas", "Jonas Weber", Role.PM, ("METER", "CUST")),
    Person("aiko", "Aiko Tanaka", Role.PM, ("EXIT", "FIELD")),
    Person("lena", "Lena Fischer", Role.CO, ("METER", "CUST", "EXIT", "FIELD")),
    Person("samuel", "Samuel Adeyemi", Role.FC),
    Person("claire", "Claire Dubois", Role.AU),
    Person("victor", "Victor Hale", Role.SV),
    Person("ledger", "Ledger interface", Role.SA),
)
ADMINISTRATOR = Person("admin", "Robin Castle", "")


@dataclass(frozen=True)
class Cast:
    users: dict[str, User]

    def actor(self, key: str) -> Actor:
        """Return a person at the keyboard, with the rights of this moment."""
        return Actor(user=self.users[key], via=actors.WEB)

    def manager(self, program: str) -> Actor:
        """Return the technical program manager of a program."""
        return self.actor(next(p.key for p in PEOPLE if p.role == Role.TPM and program in p.programs))


def create(password: str) -> Cast:
    """Create the people; all have the same password."""
    hashed = make_password(password)  # once: hashing is slow on purpose
    return Cast(
        {
            person.key: User.objects.create(
                email=person.email,
                name=person.name,
                password=hashed,
                is_administrator=person is ADMINISTRATOR,
                is_service=person.role == Role.SA,
            )
            for person in (*PEOPLE, ADMINISTRATOR)
        }
    )


def grant_portfolio(cast: Cast, portfolio: Portfolio) -> None:
    """Give the roles that hold for the whole portfolio; its owner has hers already."""
    for person in PEOPLE:
        if not person.programs and person.role != Role.PO:
            members.grant(
                actor=cast.actor("ingrid"), user=cast.users[person.key], role=person.role, portfolio=portfolio
            )


def grant_program(cast: Cast, program: Program) -> None:
    """Give the roles that hold for one program."""
    for person in PEOPLE:
        if program.code in person.programs:
            members.grant(
                actor=cast.actor("ingrid"),
                user=cast.users[person.key],
                role=person.role,
                portfolio=program.portfolio,
                program=program,
            )


def sign_ins(password: str) -> str:
    """Return the table of who may sign in, for the console."""
    rows = [("administrator", ADMINISTRATOR.email)]
    rows += [(str(Role(person.role).label), person.email) for person in PEOPLE if person.role != Role.SA]
    width = max(len(email) for _, email in rows)
    lines = [f"  {email:<{width}}  {role}" for role, email in rows]
    return "\n".join([f"Demo sign-ins (password of all: {password})", *lines])
