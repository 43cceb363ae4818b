"""Views that people of the demo keep and share, and the thresholds that its owner agreed with the committee."""

from programs.services import rag_policies
from tpm.accounts import saved_views
from tpm.demo.building import World

AGREED = {
    "slippage_watch": 3.0, "slippage_bad": 10.0, "spi_watch": 0.95, "spi_bad": 0.85,
    "cpi_watch": 0.95, "cpi_bad": 0.88, "exposure_watch": 0.05, "exposure_bad": 0.12,
}  # fmt: skip


def tell(world: World) -> None:
    """Change the policy once, keep a few views."""
    owner, manager = world.cast.actor("ingrid"), world.cast.actor("marta")
    rag_policies.revise(
        actor=owner,
        portfolio=world.portfolio,
        thresholds=AGREED,
        reason="Agreed by the steering committee in October",
    )
    meter = world.programs["METER"]
    for actor, page, place, name, query in (
        (
            owner,
            "programs:portfolio-detail",
            world.portfolio.pk,
            "By manager, worst first",
            "group=owner&sort=-slip",
        ),
        (owner, "programs:portfolio-detail", world.portfolio.pk, "Bubbles", "view=bubbles"),
        (manager, "risks:program-risks", meter.pk, "Next reviews", "state=live&sort=review"),
        (manager, "projects:task-list", meter.pk, "Not reported", "show=stale&sort=finish"),
    ):
        view = saved_views.create(
            actor=actor, page=page, place=place, name=name, query=query, portfolio_id=world.portfolio.pk,
            everywhere=actor is manager,
        )  # fmt: skip
        saved_views.mark(actor=actor, view=view, favourite=name != "Bubbles")
