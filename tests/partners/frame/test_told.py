"""Sentences that are worded when they are read."""

import json

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from sharingcity.partners.frame.header import NAME
from sharingcity.partners.frame.source import SourceRefused
from sharingcity.partners.frame.told import Told, told_words

SMALL = _("The source is larger than %(most)d bytes.")


def test_sentence_is_kept_with_its_facts_and_said_in_the_readers_language() -> None:
    with translation.override("ko"):
        kept = json.loads(json.dumps(Told(SMALL, {"most": 5}).as_json()))

    assert kept == {"sentence": "The source is larger than %(most)d bytes.", "facts": {"most": 5}}
    with translation.override("en"):
        assert told_words(kept) == "The source is larger than 5 bytes."
    with translation.override("ar"):
        assert "5" in told_words(kept)
        assert "source" not in told_words(kept)


def test_parts_of_a_sentence_are_sentences_too() -> None:
    parts = [Told(_("missing from the header: %(names)s"), {"names": "100% cotton"}), NAME.title]
    with translation.override("ko"):
        refused = SourceRefused(
            "header_refused", _("The header does not fit the values, nothing was imported: %(parts)s."), parts=parts
        )
        kept = json.loads(json.dumps(refused.told.as_json()))
        assert "cotton" in str(refused.sentence)
        assert "missing" not in str(refused.sentence)

    with translation.override("en"):
        assert told_words(kept).endswith("missing from the header: 100% cotton; names.")


def test_plain_words_with_a_percent_sign_stay_as_they_are() -> None:
    refused = SourceRefused("entries_missing", "100 % of nothing", name="x")
    assert str(refused.sentence) == "100 % of nothing"
    assert told_words(refused.told.as_json()) == "100 % of nothing"


def test_what_was_kept_before_is_said_as_it_was_written() -> None:
    assert told_words({}, "as written") == "as written"
    assert told_words({"sentence": "%(other)s bytes", "facts": {"most": 1}}, "as written") == "as written"
