"""Words for our own search index, the same for what is stored and for what is asked.

A token is letters and digits only, so that it is one FTS5 token and one lexeme of tsvector 'simple'.
A match holds **all** tokens of the question. Korean is cut into pairs of syllables, because 회의실 must find
대회의실; English is stemmed; Arabic loses its article, endings and variant letters.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain

import snowballstemmer

_HANGUL = "\uac00-\ud7a3"
_ARABIC = "\u0600-\u06ff\u0750-\u077f"
# A word, cut where the script changes. A counter is a word of its own: 3층회의실 is the same as 3층 회의실.
_RUN = re.compile(rf"(?<=[0-9])[층호동명인번]|[{_HANGUL}]+|(?:(?![\W_])[{_ARABIC}])+|[^\W_{_HANGUL}{_ARABIC}]+")
_SPACED = re.compile(rf"([{_HANGUL}])\s+(?=([{_HANGUL}]))")
_IS_HANGUL = re.compile(rf"[{_HANGUL}]")
_IS_ARABIC = re.compile(rf"[{_ARABIC}]")
_PLAIN = re.compile(rf"[\x00-\x7f{_HANGUL}]*")
_IS_LATIN = re.compile(r"[a-z]+")

_TATWEEL = "\u0640"
_VOICING = {"\u3099", "\u309a"}  # Japanese voicing marks make another letter, accents do not

_ARABIC_LETTERS = str.maketrans("أإآٱىةیک", "اااايهيك")
_ARABIC_ARTICLE = re.compile(r"^(?:[وفبك]?ال|و?لل)(?=..)")
_ARABIC_ENDINGS = ("ها", "ان", "ات", "ون", "ين", "يه", "ه", "ي")

# Particles after a Korean noun. Those that are also frequent ends of nouns (의, 이, 도, 로) stay.
_PARTICLES_ANY = ("에서는", "에서", "에게", "까지", "부터", "에")
_PARTICLES_AFTER_CONSONANT = ("으로", "을", "은", "과")
_PARTICLES_AFTER_VOWEL = ("를", "는", "가", "와")

_STOP_WORDS = frozenset(
    (
        *("a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"),
        *("في", "من", "على", "الى", "الي", "عن", "مع", "او"),
    )
)


def index_tokens(text: str) -> list[str]:
    """What to store for a text; repeated words repeat, so that their weight counts.

    Korean is spaced as one likes: the pair across a space is stored too, so that 다목적홀 finds 다목적 홀.
    """
    normal = normalise(text)
    tokens = chain.from_iterable(map(_stored, _runs(normal)))
    return [*tokens, *(before + after for before, after in _SPACED.findall(normal))]


def query_tokens(text: str) -> list[str]:
    """What a match must hold, each once; words that nearly every text holds are left out.

    Empty when the text has no letter or digit.
    """
    runs = _runs(normalise(text))
    telling = [run for run in runs if run not in _STOP_WORDS] or runs
    return list(dict.fromkeys(token for run in telling for token in _asked(run)))


def query_words(text: str) -> list[str]:
    """The whole words of a question, each once: texts that hold these too are the better matches."""
    return list(dict.fromkeys(_whole(run) for run in _runs(normalise(text))))


def normalise(text: str) -> str:
    """One spelling of what people type in several: width, case, accents, Arabic vowel signs, digits."""
    if _PLAIN.fullmatch(text):  # the same as below, for what most texts are made of
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    kept = (_digit(c) for c in decomposed if c in _VOICING or unicodedata.category(c)[0] != "M")
    return unicodedata.normalize("NFKC", "".join(kept)).replace(_TATWEEL, "")


def _digit(c: str) -> str:
    return str(unicodedata.decimal(c)) if unicodedata.category(c) == "Nd" else c


def _runs(normal: str) -> list[str]:
    """Words, cut where the script changes and after a counter: 3층회의실b is 3, 층, 회의실, b."""
    return _RUN.findall(normal)


@lru_cache(maxsize=65_536)  # few words are in nearly every text
def _stored(run: str) -> tuple[str, ...]:
    """The word, its stem and its parts; the last syllable too, for 홀 shall find 다목적홀."""
    if _IS_HANGUL.match(run):
        noun = _without_particle(run)
        return tuple(dict.fromkeys((run, noun, *_pairs(run), noun[-1])))
    return tuple(dict.fromkeys((_whole(run), _stem(run))))


def _asked(run: str) -> Iterator[str]:
    if _IS_HANGUL.match(run):
        noun = _without_particle(run)
        yield from _pairs(noun) if len(noun) > 1 else (noun,)
    else:
        yield _stem(run)


def _whole(run: str) -> str:
    if _IS_HANGUL.match(run):
        return _without_particle(run)
    return run.translate(_ARABIC_LETTERS) if _IS_ARABIC.match(run) else run


def _pairs(run: str) -> Iterator[str]:
    return (run[i : i + 2] for i in range(len(run) - 1))


def _without_particle(run: str) -> str:
    """회의실을 is 회의실; a word of two syllables stays whole, and what remains has at least two."""
    for particles, fits in (
        (_PARTICLES_ANY, _any),
        (_PARTICLES_AFTER_CONSONANT, _ends_in_consonant),
        (_PARTICLES_AFTER_VOWEL, _ends_in_vowel),
    ):
        for particle in particles:
            noun = run.removesuffix(particle)
            if noun != run and len(noun) > 1 and fits(noun):
                return noun
    return run


def _any(_noun: str) -> bool:
    return True


def _ends_in_consonant(noun: str) -> bool:
    return (ord(noun[-1]) - 0xAC00) % 28 != 0


def _ends_in_vowel(noun: str) -> bool:
    return not _ends_in_consonant(noun)


@lru_cache(maxsize=8192)
def _stem(run: str) -> str:
    if _IS_ARABIC.match(run):
        return _arabic_stem(run.translate(_ARABIC_LETTERS))
    if _IS_LATIN.fullmatch(run):
        # A stemmer keeps the word in itself while it works: one for all threads would mix words up.
        return str(snowballstemmer.stemmer("english").stemWord(run))
    return run


def _arabic_stem(word: str) -> str:
    """Light stemming by rule: the snowball one gives القاعه and قاعات other stems than قاعة."""
    word = _ARABIC_ARTICLE.sub("", word)
    for ending in _ARABIC_ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word.removesuffix(ending)
    return word
