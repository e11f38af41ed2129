"""Calendar feeds (RFC 5545): a person's bookings, and when listings are taken."""

from sharingcity.booking.calendars.busy import listing_feed, organisation_feed
from sharingcity.booking.calendars.feed import Feed
from sharingcity.booking.calendars.personal import personal_feed

__all__ = ["Feed", "listing_feed", "organisation_feed", "personal_feed"]
