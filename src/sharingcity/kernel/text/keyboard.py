"""Questions typed while the keyboard was set to the other language: ghldmltlf is 회의실.

The Korean standard layout (두벌식, KS X 5002): one key, one letter; the letters then join into syllables.
"""

import re
import unicodedata

_KEYS = dict(
    zip(
        "rRseEfaqQtTdwWczxvgkoiOjpuPhynbml",
        "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎㅏㅐㅑㅒㅓㅔㅕㅖㅗㅛㅜㅠㅡㅣ",
        strict=True,
    )
)
_LETTERS = {letter: key for key, letter in _KEYS.items()}
_INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
_FINALS = " ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"
_JOINED = {
    "ㅗㅏ": "ㅘ",
    "ㅗㅐ": "ㅙ",
    "ㅗㅣ": "ㅚ",
    "ㅜㅓ": "ㅝ",
    "ㅜㅔ": "ㅞ",
    "ㅜㅣ": "ㅟ",
    "ㅡㅣ": "ㅢ",
    "ㄱㅅ": "ㄳ",
    "ㄴㅈ": "ㄵ",
    "ㄴㅎ": "ㄶ",
    "ㄹㄱ": "ㄺ",
    "ㄹㅁ": "ㄻ",
    "ㄹㅂ": "ㄼ",
    "ㄹㅅ": "ㄽ",
    "ㄹㅌ": "ㄾ",
    "ㄹㅍ": "ㄿ",
    "ㄹㅎ": "ㅀ",
    "ㅂㅅ": "ㅄ",
}
_PARTED = {joined: pair for pair, joined in _JOINED.items()}
_CONSONANT = "[ㄱ-ㅎ]"
_VOWEL = "[ㅏ-ㅣ]"
_TWO_VOWELS = "|".join(pair for pair in _JOINED if pair[0] in _VOWELS)
_TWO_FINALS = "|".join(pair for pair in _JOINED if pair[0] in _INITIALS)
# An initial, a vowel, and the finals that no vowel follows: a consonant before a vowel begins a syllable.
_SYLLABLE = re.compile(
    rf"({_CONSONANT})({_TWO_VOWELS}|{_VOWEL})((?:{_TWO_FINALS})(?!{_VOWEL})|[ㄱ-ㄷㄹㅁㅂㅅ-ㅈㅊ-ㅎ](?!{_VOWEL}))?"
)
_ENGLISH = re.compile(r"[A-Za-z]{4,}")
_KOREAN = re.compile(r"[가-힣ㄱ-ㅣ]+")
_LOOSE = re.compile(r"[ㄱ-ㅣ]")
_SYLLABLE_BASE = 0xAC00


def layout_variants(text: str) -> list[str]:
    """The readings of a question on the other keyboard, at most two; none when it makes no sense there.

    English letters are plausible Korean when they join into whole syllables; Korean is plausible English when
    letters stand alone in it. Real English words may pass (goal is 해미): ask with a variant only when the
    words as typed find little.
    """
    typed = unicodedata.normalize("NFC", text)
    variants = (_ENGLISH.sub(_as_korean, typed), _KOREAN.sub(_as_english, typed))
    return [variant for variant in variants if variant != typed]


def _as_korean(word: re.Match[str]) -> str:
    keys = word.group().lower() if word.group().isupper() else word.group()
    letters = "".join(_KEYS.get(key, _KEYS.get(key.lower(), "")) for key in keys)
    korean = _SYLLABLE.sub(_syllable, letters)
    return word.group() if _LOOSE.search(korean) else korean


def _as_english(word: re.Match[str]) -> str:
    if not _LOOSE.search(word.group()):
        return word.group()
    letters = "".join(_letters(c) for c in word.group())
    return "".join(_LETTERS.get(part, "") for letter in letters for part in _PARTED.get(letter, letter))


def _syllable(match: re.Match[str]) -> str:
    initial, vowel, final = match.groups(default="")
    vowel, final = _JOINED.get(vowel, vowel), _JOINED.get(final, final)
    number = (_INITIALS.index(initial) * len(_VOWELS) + _VOWELS.index(vowel)) * len(_FINALS)
    return chr(_SYLLABLE_BASE + number + _FINALS.index(final or " "))


def _letters(c: str) -> str:
    """A syllable's letters; a letter that stands alone is itself."""
    number = ord(c) - _SYLLABLE_BASE
    if number < 0:
        return c
    rest, final = divmod(number, len(_FINALS))
    initial, vowel = divmod(rest, len(_VOWELS))
    return (_INITIALS[initial] + _VOWELS[vowel] + _FINALS[final]).strip()
