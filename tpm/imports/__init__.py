"""Imports into the product: read by `projects.importers`, checked, written as one change set, taken back as one."""
