"""Who fills which part of a governance report, and who knows what for the quality checks: the whole wiring in one table."""

from budgets.selectors import manned
from budgets.selectors import report_lines as money
from programs.services import report_sections
from projects.selectors import quality
from projects.selectors import report_lines as plan
from risks.selectors import report_lines as risks

report_sections.fillers[:] = [plan.fill, money.fill, risks.fill]
quality.manned[:] = [manned.costed]
