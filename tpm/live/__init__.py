"""Telling open screens that something has a new revision. What it is, they fetch themselves, under their own rights."""

from tpm.live.telling import tell

__all__ = ["tell"]
