"""FTS5 over the rows of SearchText: the index keeps no copy of the words, triggers keep it in step."""

_ADD = "INSERT INTO finding_words(rowid, title, place, body) VALUES (new.listing_id, new.title, new.place, new.body);"
# FTS5 forgets a row when it is told the words it had.
_FORGET = """INSERT INTO finding_words(finding_words, rowid, title, place, body)
    VALUES ('delete', old.listing_id, old.title, old.place, old.body);"""

LAY = [
    """CREATE VIRTUAL TABLE finding_words USING fts5(title, place, body,
        content='finding_searchtext', content_rowid='listing_id', tokenize='unicode61 remove_diacritics 0')""",
    f"CREATE TRIGGER finding_words_insert AFTER INSERT ON finding_searchtext BEGIN {_ADD} END",
    f"CREATE TRIGGER finding_words_delete AFTER DELETE ON finding_searchtext BEGIN {_FORGET} END",
    f"CREATE TRIGGER finding_words_update AFTER UPDATE ON finding_searchtext BEGIN {_FORGET} {_ADD} END",
    "INSERT INTO finding_words(finding_words) VALUES ('rebuild')",
]

LIFT = [
    "DROP TRIGGER finding_words_insert",
    "DROP TRIGGER finding_words_delete",
    "DROP TRIGGER finding_words_update",
    "DROP TABLE finding_words",
]

# The outer match is cut off before it is ranked; the two inner ones only look up words of titles.
FIND = """
    SELECT rowid,
        rowid IN (SELECT rowid FROM finding_words WHERE finding_words MATCH %s),
        rowid IN (SELECT rowid FROM finding_words WHERE finding_words MATCH %s),
        bm25(finding_words, 10.0, 4.0, 1.0)
    FROM finding_words WHERE finding_words MATCH %s LIMIT %s
"""


def parameters(tokens: list[str], words: list[str], most: int) -> list[object]:
    return [f"title : ({_all(tokens)})", f"title : ({_all(words)})", _all(tokens), most]


def _all(tokens: list[str]) -> str:
    """Tokens are letters and digits only (kernel.text); the quotes keep AND and NOT from being commands."""
    return " AND ".join(f'"{token}"' for token in tokens)
