"""Imports are made with the same helpers as in the tests of imports."""

from tests.tpm.imports.conftest import samples, uploads

__all__ = ["samples", "uploads"]
