"""Cursors for statements that are run thousands of times."""

from typing import Any

from django.db import connection
from django.db.backends.postgresql.base import ServerBindingCursor
from django.db.backends.utils import CursorWrapper

from sharingcity.kernel.db.transactions import is_postgresql


def planned_cursor() -> CursorWrapper:
    """On PostgreSQL one that sends values apart from the text, so that the server plans a statement once.

    Behind a connection pooler without prepared statements the setting `prepare_threshold` turns that off.
    """
    if not is_postgresql():
        return connection.cursor()
    connection.ensure_connection()
    server_side: Any = ServerBindingCursor
    engine: Any = connection
    prepared: CursorWrapper = engine._prepare_cursor(server_side(engine.connection))  # as its own `cursor()` does
    return prepared
