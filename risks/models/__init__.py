"""What may hit plan and cost, and what we do about it."""

from risks.models.risks import Risk

__all__ = ["Risk"]
