"""The product's settings on a Monday at half past six in the evening: rooms are booked at seven, whatever today is.

Each process of the server begins at that instant and its clock runs on from there.
"""

from datetime import UTC, datetime

import time_machine

from sharingcity.site.settings import *  # noqa: F403

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)

time_machine.travel(NOW, tick=True).start()
