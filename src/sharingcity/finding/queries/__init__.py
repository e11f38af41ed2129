"""What residents ask: what is there, and when is it free."""

from sharingcity.finding.queries.answer import Page, Result, search
from sharingcity.finding.rules.question import Flexible, Question, Sort

__all__ = ["Flexible", "Page", "Question", "Result", "Sort", "search"]
