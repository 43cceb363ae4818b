"""Who fills which part of a governance report: the whole wiring in one table."""

from budgets.selectors import report_lines as money
from programs.services import report_sections
from projects.selectors import report_lines as plan
from risks.selectors import report_lines as risks

report_sections.fillers[:] = [plan.fill, money.fill, risks.fill]
