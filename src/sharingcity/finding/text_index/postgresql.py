"""A generated tsvector column ('simple': our tokens are ready as they are) under a GIN index."""

from functools import lru_cache

from sharingcity.finding.text_index.tables import IndexedTable

_VECTOR = " || ".join(
    f"setweight(to_tsvector('simple'::regconfig, {column}), '{weight}')"
    for column, weight in (("title", "A"), ("place", "B"), ("body", "D"))
)


def lay(table: IndexedTable) -> list[str]:
    return [
        f"ALTER TABLE {table.name} ADD COLUMN words tsvector GENERATED ALWAYS AS ({_VECTOR}) STORED",
        f"CREATE INDEX {table.index} ON {table.name} USING gin (words)",
    ]


def lift(table: IndexedTable) -> list[str]:
    return [f"ALTER TABLE {table.name} DROP COLUMN words"]


@lru_cache
def find(table: IndexedTable) -> str:
    """What is ranked is cut off first: rank costs a look at each row."""
    return f"""
    WITH asked AS (
        SELECT to_tsquery('simple', %s) AS title, to_tsquery('simple', %s) AS whole, to_tsquery('simple', %s) AS tokens
    ), matching AS MATERIALIZED (
        SELECT {table.key}, words FROM {table.name} WHERE words @@ to_tsquery('simple', %s) LIMIT %s
    )
    SELECT {table.key}, words @@ title, words @@ whole, -ts_rank(words, tokens) FROM matching, asked
"""  # noqa: S608 - names of our own tables


def parameters(tokens: list[str], words: list[str], most: int) -> list[object]:
    anywhere = _all(tokens, "")
    return [_all(tokens, ":A"), _all(words, ":A"), anywhere, anywhere, most]


def _all(tokens: list[str], weight: str) -> str:
    """Tokens are letters and digits only (kernel.text): nothing in them needs escaping."""
    return " & ".join(f"'{token}'{weight}" for token in tokens)
