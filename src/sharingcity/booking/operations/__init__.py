"""What changes bookings. Each operation: transaction → lock → check → write → journal → effects."""

from sharingcity.booking.operations.busy import dismiss_clash, mark_busy_elsewhere, unmark_busy_elsewhere
from sharingcity.booking.operations.calendar_keys import calendar_secret, change_calendar_secret
from sharingcity.booking.operations.cancel import cancel_reservation, decline_reservation, withdraw_reservation
from sharingcity.booking.operations.change import extend_reservation, reschedule_reservation
from sharingcity.booking.operations.close import close_listing, lift_closure, preview_closure
from sharingcity.booking.operations.decide import (
    appeal_absence,
    check_in,
    check_out,
    confirm_reservation,
    excuse_absence,
    mark_absent,
)
from sharingcity.booking.operations.joining import join_waiting_list, leave_waiting_list
from sharingcity.booking.operations.order import Order
from sharingcity.booking.operations.own_terms import change_own_fees, change_own_policy
from sharingcity.booking.operations.quote import Quote, quote
from sharingcity.booking.operations.refunds import (
    finish_refund,
    give_back_more,
    record_payment,
    refund_due,
    waive_fee,
)
from sharingcity.booking.operations.request import finish_hold, request_reservation
from sharingcity.booking.operations.series import dates_of_rule, request_series
from sharingcity.booking.operations.series_quote import SeriesQuote, quote_series
from sharingcity.booking.operations.serve import serve_caller
from sharingcity.booking.operations.versions import (
    change_fees,
    change_policy,
    preview_hours_change,
    preview_policy_change,
)

__all__ = [
    "Order",
    "Quote",
    "SeriesQuote",
    "appeal_absence",
    "calendar_secret",
    "cancel_reservation",
    "change_calendar_secret",
    "change_fees",
    "change_own_fees",
    "change_own_policy",
    "change_policy",
    "check_in",
    "check_out",
    "close_listing",
    "confirm_reservation",
    "dates_of_rule",
    "decline_reservation",
    "dismiss_clash",
    "excuse_absence",
    "extend_reservation",
    "finish_hold",
    "finish_refund",
    "give_back_more",
    "join_waiting_list",
    "leave_waiting_list",
    "lift_closure",
    "mark_absent",
    "mark_busy_elsewhere",
    "preview_closure",
    "preview_hours_change",
    "preview_policy_change",
    "quote",
    "quote_series",
    "record_payment",
    "refund_due",
    "request_reservation",
    "request_series",
    "reschedule_reservation",
    "serve_caller",
    "unmark_busy_elsewhere",
    "waive_fee",
    "withdraw_reservation",
]
