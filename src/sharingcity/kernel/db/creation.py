"""A database that is not there yet."""

from django.db import DEFAULT_DB_ALIAS, OperationalError, connection, connections

from sharingcity.kernel.db.transactions import is_postgresql


def create_database_if_missing() -> bool:
    """Creates the PostgreSQL database that the settings name; SQLite makes its file itself. Returns whether it did.

    Raises: OperationalError when the server does not answer or does not let us in.
    """
    try:
        connection.ensure_connection()
    except OperationalError as refused:
        if not is_postgresql():
            raise
        return _create(refused)
    return False


def _create(refused: OperationalError) -> bool:
    """Asks the server's own database `postgres`; when that does not answer either, the first refusal stands."""
    name = connection.settings_dict["NAME"]
    server = type(connections[DEFAULT_DB_ALIAS])({**connection.settings_dict, "NAME": "postgres"}, alias="server")
    try:
        with server.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
            if cursor.fetchone() is not None:
                raise refused
            cursor.execute(f"CREATE DATABASE {server.ops.quote_name(name)}")
    except OperationalError:
        raise refused from None
    finally:
        server.close()
    return True
