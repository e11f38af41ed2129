"""FTS5 over the rows of a table: the index keeps no copy of the words, triggers keep it in step."""

from functools import lru_cache

from sharingcity.finding.text_index.tables import IndexedTable


def lay(table: IndexedTable) -> list[str]:
    words, key = table.index, table.key
    add = f"INSERT INTO {words}(rowid, title, place, body) VALUES (new.{key}, new.title, new.place, new.body);"  # noqa: S608 - names of our own tables
    # FTS5 forgets a row when it is told the words it had.
    forget = f"""INSERT INTO {words}({words}, rowid, title, place, body)
    VALUES ('delete', old.{key}, old.title, old.place, old.body);"""  # noqa: S608 - names of our own tables
    return [
        f"""CREATE VIRTUAL TABLE {words} USING fts5(title, place, body,
        content='{table.name}', content_rowid='{key}', tokenize='unicode61 remove_diacritics 0')""",
        f"CREATE TRIGGER {words}_insert AFTER INSERT ON {table.name} BEGIN {add} END",
        f"CREATE TRIGGER {words}_delete AFTER DELETE ON {table.name} BEGIN {forget} END",
        f"CREATE TRIGGER {words}_update AFTER UPDATE ON {table.name} BEGIN {forget} {add} END",
        f"INSERT INTO {words}({words}) VALUES ('rebuild')",  # noqa: S608 - names of our own tables
    ]


def lift(table: IndexedTable) -> list[str]:
    words = table.index
    return [*(f"DROP TRIGGER {words}_{event}" for event in ("insert", "delete", "update")), f"DROP TABLE {words}"]


@lru_cache
def find(table: IndexedTable) -> str:
    """The outer match is cut off before it is ranked; the two inner ones only look up words of titles."""
    words = table.index
    return f"""
    SELECT rowid,
        rowid IN (SELECT rowid FROM {words} WHERE {words} MATCH %s),
        rowid IN (SELECT rowid FROM {words} WHERE {words} MATCH %s),
        bm25({words}, 10.0, 4.0, 1.0)
    FROM {words} WHERE {words} MATCH %s LIMIT %s
"""  # noqa: S608 - names of our own tables


def parameters(tokens: list[str], words: list[str], most: int) -> list[object]:
    return [f"title : ({_all(tokens)})", f"title : ({_all(words)})", _all(tokens), most]


def _all(tokens: list[str]) -> str:
    """Tokens are letters and digits only (kernel.text); the quotes keep AND and NOT from being commands."""
    return " AND ".join(f'"{token}"' for token in tokens)
