"""The templates of the import's tables, as files to download."""

from budgets.importers import earning_rules
from projects.importers import templates
from tpm.lib import exports
from tpm.lib.exports import Column

WORKBOOK = "portfolio-templates.xlsx"
EARNINGS = "earning-rules"


def files() -> dict[str, bytes]:
    """Return all templates by file name: one CSV per table, the workbook that holds them all, and earning rules as both."""
    columns = [Column(name, 18) for name in earning_rules.COLUMNS]
    return {
        **templates.csv_templates(),
        WORKBOOK: templates.xlsx_template(),
        f"{EARNINGS}.csv": exports.write_csv(columns, earning_rules.EXAMPLES),
        f"{EARNINGS}.xlsx": exports.write_xlsx(EARNINGS, columns, earning_rules.EXAMPLES),
    }
