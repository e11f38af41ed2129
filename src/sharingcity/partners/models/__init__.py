"""Tables of imports."""

from sharingcity.partners.models.busy import BusyTime
from sharingcity.partners.models.click_out import ClickOut
from sharingcity.partners.models.feed import Feed
from sharingcity.partners.models.import_run import ImportRun
from sharingcity.partners.models.live import LiveFigure
from sharingcity.partners.models.news import NewsItem
from sharingcity.partners.models.webhook import Webhook, WebhookMessage

__all__ = ["BusyTime", "ClickOut", "Feed", "ImportRun", "LiveFigure", "NewsItem", "Webhook", "WebhookMessage"]
