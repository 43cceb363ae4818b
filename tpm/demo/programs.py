"""The four programs: what they are for, their component projects, what links them, what threatens them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from projects.models import Project
from tpm.demo.outlines import Template, capability, infrastructure, process, software

STORY_DATE = date(2026, 11, 20)
KIND = Project.Kind
HOLIDAYS = (
    ("Good Friday", date(2026, 4, 3), date(2026, 4, 3)),
    ("Easter Monday", date(2026, 4, 6), date(2026, 4, 6)),
    ("Labour Day", date(2026, 5, 1), date(2026, 5, 1)),
    ("Christmas shut-down", date(2026, 12, 24), date(2027, 1, 1)),
    ("Good Friday", date(2027, 3, 26), date(2027, 3, 26)),
    ("Easter Monday", date(2027, 3, 29), date(2027, 3, 29)),
)


@dataclass(frozen=True)
class ProjectPlan:
    code: str
    name: str
    kind: str
    outline: Template
    parts: tuple[str, ...]
    starts_on: date
    outcome: str
    pace: float = 1.0  # true duration of its tasks by estimated duration
    price: float = 1.0  # what the work costs by what it was planned to cost


@dataclass(frozen=True)
class ProgramPlan:
    code: str
    name: str
    description: str
    sponsor: str
    starts_on: date
    projects: tuple[ProjectPlan, ...]
    risks: tuple[dict[str, Any], ...] = ()


PROGRAMS = (
    ProgramPlan(
        "METER",
        "Smart metering roll-out",
        "Replace 410,000 electricity meters and read them remotely, so that bills follow real consumption.",
        "Tomas Reuter",
        date(2026, 3, 16),
        (
            ProjectPlan("HEADEND", "Head-end and meter data management", KIND.SOFTWARE, software,
                        ("Head-end interface", "Meter data store", "Validation and estimation", "Event handling"),
                        date(2026, 3, 30), "Readings of all meters arrive, are checked and kept.", 1.05, 1.27),
            ProjectPlan("COMMS", "Metering communication network", KIND.INFRASTRUCTURE, infrastructure,
                        ("North substations", "Coast substations", "City ring", "Data centre gateway"),
                        date(2026, 5, 4), "Every substation talks to the head-end.", 1.0, 1.12),
            ProjectPlan("SWAP", "Meter exchange in the field", KIND.PROCESS, process,
                        ("Appointments", "Meter exchange", "Complaints"),
                        date(2026, 5, 11), "An exchange takes one visit and 35 minutes.", 1.06, 1.08),
            ProjectPlan("METEROPS", "Metering operations team", KIND.CAPABILITY, capability,
                        ("Data analysts", "Network operators", "Field dispatch"),
                        date(2026, 5, 18), "A team runs the meters around the clock.", 1.02, 1.0),
        ),
        (
            {"title": "Communication modules arrive late", "probability": 0.5, "impact_days": 40, "impact_cost": 180000,
             "response": "mitigate", "project": "COMMS", "trigger": "Vendor misses a weekly shipping notice",
             "description": "Chip shortage at the vendor: installation has nothing to install, crews stand idle.",
             "response_plan": "Weekly call with the vendor's factory; second source asked for an offer."},
            {"title": "Head-end interface is harder than estimated", "probability": 0.6, "impact_days": 15,
             "impact_cost": 90000, "response": "mitigate", "project": "HEADEND",
             "response_plan": "Protocol expert of the vendor on site for four weeks."},
            {"title": "Customers refuse the exchange", "probability": 0.25, "impact_days": 10, "impact_cost": 40000,
             "response": "accept", "project": "SWAP"},
            {"title": "Regulator moves the certification date", "probability": 0.2, "impact_days": 20, "impact_cost": 0,
             "response": "accept"},
            {"title": "Two network operators may leave before go-live", "probability": 0.3, "impact_days": 8,
             "impact_cost": 30000, "response": "mitigate", "project": "METEROPS", "is_confidential": True},
        ),
    ),
    ProgramPlan(
        "CUST",
        "Customer platform",
        "One customer record and one self-service portal instead of five systems.",
        "Helena Brandt",
        date(2026, 2, 9),
        (
            ProjectPlan("PORTAL", "Self-service portal", KIND.SOFTWARE, software,
                        ("Sign-in and profile", "Bills and payments", "Move in, move out"),
                        date(2026, 3, 9), "Seven of ten requests need no call.", 0.99, 1.0),
            ProjectPlan("TARIFF", "Smart tariffs", KIND.SOFTWARE, software,
                        ("Tariff engine", "Quarter-hour billing", "Price comparison", "Consumption alerts"),
                        date(2026, 5, 18), "Tariffs that follow the hour of the day.", 1.02, 1.03),
            ProjectPlan("SERVICE", "New service processes", KIND.PROCESS, process,
                        ("Complaints", "Payment plans", "Outage information"),
                        date(2026, 4, 20), "First answer solves the case.", 1.0, 0.97),
            ProjectPlan("DESK", "Service desk team", KIND.CAPABILITY, capability,
                        ("Chat agents", "Knowledge editors"),
                        date(2026, 6, 1), "Chat is answered within two minutes.", 0.98, 1.0),
        ),
        (
            {"title": "Customer records hold more duplicates than sampled", "probability": 0.35, "impact_days": 12,
             "impact_cost": 45000, "response": "mitigate", "project": "PORTAL",
             "response_plan": "Profile all five sources before the data load."},
            {"title": "Quarter-hour readings come later than planned", "probability": 0.6, "impact_days": 25,
             "impact_cost": 60000, "response": "mitigate", "project": "TARIFF",
             "description": "Smart tariffs are tested with readings of the metering program."},
            {"title": "Payment provider changes its interface", "probability": 0.15, "impact_days": 6,
             "impact_cost": 20000, "response": "transfer", "project": "PORTAL"},
        ),
    ),
    ProgramPlan(
        "EXIT",
        "Data centre exit",
        "Leave the Quayside data centre before its lease ends in December 2027.",
        "Helena Brandt",
        date(2026, 2, 2),
        (
            ProjectPlan("LANDING", "Cloud landing zone", KIND.INFRASTRUCTURE, infrastructure,
                        ("Accounts and network", "Identity", "Backup", "Monitoring"),
                        date(2026, 2, 16), "A place to move to that audit accepts.", 1.04, 1.02),
            ProjectPlan("WAVES", "Application moves", KIND.SOFTWARE, software,
                        ("Office applications", "Billing", "Data warehouse", "Geographic information"),
                        date(2026, 4, 7), "Forty-two applications run in the cloud.", 1.09, 1.05),
            ProjectPlan("WAN", "Wide-area network", KIND.INFRASTRUCTURE, infrastructure,
                        ("Head office", "Harbour depot", "Control room"),
                        date(2026, 5, 4), "Two independent lines to every site.", 1.03, 1.0),
            ProjectPlan("CLOUDOPS", "Cloud operations team", KIND.CAPABILITY, capability,
                        ("Platform engineers", "Cost controllers", "Security analysts"),
                        date(2026, 5, 11), "The platform is run by our own people.", 1.0, 0.96),
        ),
        (
            {"title": "Billing does not run on the target platform", "probability": 0.3, "impact_days": 30,
             "impact_cost": 150000, "response": "avoid", "project": "WAVES",
             "response_plan": "Proof of concept with a full month-end before the design review."},
            {"title": "Line for the harbour depot needs a building permit", "probability": 0.4, "impact_days": 20,
             "impact_cost": 25000, "response": "mitigate", "project": "WAN"},
            {"title": "Lease can not be prolonged", "probability": 0.1, "impact_days": 0, "impact_cost": 400000,
             "response": "accept"},
        ),
    ),
    ProgramPlan(
        "FIELD",
        "Field work management",
        "Crews get their orders, plans and safety checks on one device.",
        "Tomas Reuter",
        date(2026, 5, 4),
        (
            ProjectPlan("MOBILE", "Mobile work orders", KIND.SOFTWARE, software,
                        ("Order list", "Plans and photos", "Safety check"),
                        date(2026, 5, 18), "No paper leaves the depot.", 1.0, 0.99),
            ProjectPlan("DISPATCH", "Dispatching process", KIND.PROCESS, process,
                        ("Day planning", "Emergency calls"),
                        date(2026, 6, 15), "Two more orders per crew and day.", 0.97, 1.0),
        ),
        (
            {"title": "Devices are not certified for substations", "probability": 0.2, "impact_days": 15,
             "impact_cost": 35000, "response": "transfer", "project": "MOBILE"},
            {"title": "Crews keep their paper forms", "probability": 0.3, "impact_days": 5, "impact_cost": 10000,
             "response": "mitigate", "project": "DISPATCH"},
        ),
    ),
)  # fmt: skip

# Links between projects: predecessor, successor ("PROGRAM.PROJECT.key"), how.
CROSS_LINKS = (
    ("METER.COMMS.live", "METER.HEADEND.acceptance", ""),
    ("METER.COMMS.commission0", "METER.HEADEND.system", ""),
    ("METER.HEADEND.system", "METER.METEROPS.shadow", ""),
    ("METER.HEADEND.live", "METER.SWAP.wave1", ""),
    ("METER.COMMS.accepted", "METER.SWAP.pilot", ""),
    ("METER.METEROPS.live", "METER.HEADEND.cutover", ""),
    ("METER.HEADEND.complete", "CUST.TARIFF.acceptance", ""),
    ("CUST.PORTAL.live", "CUST.SERVICE.pilot", ""),
    ("CUST.PORTAL.complete", "CUST.TARIFF.system", ""),
    ("CUST.DESK.live", "CUST.SERVICE.wave1", ""),
    ("EXIT.LANDING.live", "EXIT.WAVES.system", ""),
    ("EXIT.LANDING.commission1", "EXIT.WAVES.integrate0", ""),
    ("EXIT.WAN.commission0", "EXIT.WAVES.acceptance", ""),
    ("EXIT.CLOUDOPS.shadow", "EXIT.WAVES.cutover", ""),
    ("EXIT.LANDING.commission1", "FIELD.MOBILE.system", ""),
    ("FIELD.MOBILE.live", "FIELD.DISPATCH.pilot", ""),
    ("FIELD.MOBILE.acceptance", "METER.SWAP.wave1", " FS+5"),
)

# Promised dates, shown when they are missed.
DEADLINES = {
    "METER.HEADEND.live": date(2027, 1, 15),
    "CUST.PORTAL.live": date(2026, 12, 4),
    "EXIT.WAVES.live": date(2027, 3, 19),
    "FIELD.MOBILE.live": date(2027, 1, 29),
}
