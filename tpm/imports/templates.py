"""The templates of the import's tables, as files to download."""

from projects.importers import templates

WORKBOOK = "portfolio-templates.xlsx"


def files() -> dict[str, bytes]:
    """Return all templates by file name: one CSV per table, and the workbook that holds them all."""
    return {**templates.csv_templates(), WORKBOOK: templates.xlsx_template()}
