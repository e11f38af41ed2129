"""A generated tsvector column ('simple': our tokens are ready as they are) under a GIN index."""

_VECTOR = " || ".join(
    f"setweight(to_tsvector('simple'::regconfig, {column}), '{weight}')"
    for column, weight in (("title", "A"), ("place", "B"), ("body", "D"))
)

LAY = [
    f"ALTER TABLE finding_searchtext ADD COLUMN words tsvector GENERATED ALWAYS AS ({_VECTOR}) STORED",
    "CREATE INDEX finding_words ON finding_searchtext USING gin (words)",
]

LIFT = ["ALTER TABLE finding_searchtext DROP COLUMN words"]

# What is ranked is cut off first: rank costs a look at each row.
FIND = """
    WITH asked AS (
        SELECT to_tsquery('simple', %s) AS title, to_tsquery('simple', %s) AS whole, to_tsquery('simple', %s) AS tokens
    ), matching AS MATERIALIZED (
        SELECT listing_id, words FROM finding_searchtext WHERE words @@ to_tsquery('simple', %s) LIMIT %s
    )
    SELECT listing_id, words @@ title, words @@ whole, -ts_rank(words, tokens) FROM matching, asked
"""


def parameters(tokens: list[str], words: list[str], most: int) -> list[object]:
    anywhere = _all(tokens, "")
    return [_all(tokens, ":A"), _all(words, ":A"), anywhere, anywhere, most]


def _all(tokens: list[str], weight: str) -> str:
    """Tokens are letters and digits only (kernel.text): nothing in them needs escaping."""
    return " & ".join(f"'{token}'{weight}" for token in tokens)
