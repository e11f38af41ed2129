"""What residents ask: what is there, and when is it free."""

from sharingcity.finding.queries.answer import Count, Page, Result, search
from sharingcity.finding.queries.availability import Availability, availability
from sharingcity.finding.queries.shown import Shown, show
from sharingcity.finding.rules.question import Flexible, Question, Sort

__all__ = [
    "Availability",
    "Count",
    "Flexible",
    "Page",
    "Question",
    "Result",
    "Shown",
    "Sort",
    "availability",
    "search",
    "show",
]
