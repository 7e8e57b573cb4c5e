"""Recommendations: which apply, in which order and why, each with its trigger in words and its basis."""

from assessments.core.recommendations.ranking import rank

__all__ = ["rank"]
