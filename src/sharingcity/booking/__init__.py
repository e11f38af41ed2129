"""Claims, reservations, policies, fees, series, waiting list, calendars out."""
