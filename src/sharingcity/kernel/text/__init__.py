"""Text as our own search understands it: words of three scripts, and questions typed on the wrong keyboard."""

from sharingcity.kernel.text.keyboard import layout_variants
from sharingcity.kernel.text.words import index_tokens, normalise, query_tokens, query_words

__all__ = ["index_tokens", "layout_variants", "normalise", "query_tokens", "query_words"]
