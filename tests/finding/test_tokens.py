"""The words of what is shared, as the word indexes keep them."""

from sharingcity.finding.operations.tokens import columns_of, tokens_of


def test_columns_have_each_text_once_and_in_the_best_column() -> None:
    title, place, body = columns_of(["Forest"], ["Forest", "forest house"], ["A house.", "Forest"])
    assert title.split() == ["forest"]
    assert place.split() == ["forest", "house", "hous"]
    assert body.split() == ["a", "house", "hous"]


def test_columns_without_texts_stay_empty() -> None:
    assert columns_of([], [""], ["…"]) == ("", "", "")


def test_tokens_of_names_count_a_title_given_twice_once() -> None:
    assert tokens_of([{"ko": "숲", "en": "숲"}], "forest forest").split() == ["숲", "forest", "forest"]
