"""Cursors for statements that are run thousands of times."""

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
    return connection._prepare_cursor(ServerBindingCursor(connection.connection))  # type: ignore[attr-defined,call-arg]  # as its own `_cursor` does
