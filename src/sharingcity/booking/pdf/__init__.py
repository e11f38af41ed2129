"""Papers of booking: the permit, the receipt, the manager's day sheet."""

from sharingcity.booking.pdf.day_sheet import day_sheet_pdf
from sharingcity.booking.pdf.permit import permit_pdf
from sharingcity.booking.pdf.receipt import receipt_pdf

__all__ = ["day_sheet_pdf", "permit_pdf", "receipt_pdf"]
