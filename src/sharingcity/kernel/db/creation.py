"""A database that is not there yet."""

from django.db import OperationalError, connection

from sharingcity.kernel.db.transactions import is_postgresql


def create_database_if_missing() -> bool:
    """Creates the PostgreSQL database that the settings name; SQLite makes its file itself. Returns whether it did.

    Raises: OperationalError when the server does not answer or does not let us in.
    """
    try:
        connection.ensure_connection()
    except OperationalError:
        if not is_postgresql():
            raise
    else:
        return False
    name = connection.settings_dict["NAME"]
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if cursor.fetchone() is None:
            cursor.execute(f"CREATE DATABASE {connection.ops.quote_name(name)}")
            return True
    connection.ensure_connection()
    return False
