"""Drafting: from a case and its finding to the sentences that state the record, and nothing beyond it."""

from assessments.core.drafting.plan import draft

__all__ = ["draft"]
