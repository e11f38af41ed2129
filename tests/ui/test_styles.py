"""Tokens, the bundle and the rules that every stylesheet keeps."""

import re
from pathlib import Path

import pytest

from sharingcity.ui.bundle import BUNDLE, CSS_ROOM, build_css, bundled_css, stylesheets

HEX = r"#[0-9a-f]{6,8}"


def without_comments(text: str) -> str:
    return re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)


def tokens() -> dict[str, tuple[str, str]]:
    """Name → (light, dark)."""
    text = (CSS_ROOM / "tokens.css").read_text(encoding="utf-8")
    return {name: (a, b) for name, a, b in re.findall(rf"--([\w-]+): light-dark\(({HEX}), ({HEX})\)", text)}


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_entry_names_every_stylesheet_once() -> None:
    named = stylesheets()
    there = {path for path in CSS_ROOM.rglob("*.css") if path.name != "site.css"}

    assert len(named) == len(set(named))
    assert set(named) == there


def test_bundle_holds_all_rules_in_order(tmp_path: Path) -> None:
    built = build_css(tmp_path)
    text = built.read_text(encoding="utf-8")

    assert built == tmp_path / BUNDLE
    assert text == bundled_css()
    assert "@import" not in text
    assert "/*" not in text
    assert text.index("--paper: #fbfaf6") < text.index("light-dark(") < text.index(".button {")
    assert text.count("{") == text.count("}")


def test_plain_tokens_are_the_light_values() -> None:
    text = (CSS_ROOM / "tokens-plain.css").read_text(encoding="utf-8")
    plain = dict(re.findall(rf"--([\w-]+): ({HEX})", text))

    assert plain == {name: light for name, (light, _dark) in tokens().items()}


def test_every_token_that_is_used_exists() -> None:
    text = without_comments(bundled_css())
    defined = set(re.findall(r"(--[\w-]+):", text))

    assert {name for name in re.findall(r"var\((--[\w-]+)", text) if name not in defined} == set()


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("words", "ground", "least"),
    [
        ("ink", "paper", 7), ("ink", "surface", 7), ("quiet", "paper", 7), ("quiet", "sand", 4.5),
        ("brand", "paper", 4.5), ("on-brand", "brand", 4.5), ("on-accent-fill", "accent-fill", 4.5),
        ("accent-ink", "accent-tint", 4.5), ("ok-ink", "ok-tint", 7), ("warn-ink", "warn-tint", 7),
        ("stop-ink", "stop-tint", 7), ("stop", "surface", 4.5), ("edge", "surface", 3),
        *((f"{kind}-ink", f"{kind}-tint", 7) for kind in ("space", "thing", "vehicle", "home", "event")),
        *(("on-kind", kind, 4.5) for kind in ("space", "thing", "vehicle", "home", "event")),
    ],
)  # fmt: skip
def test_words_stand_out_from_their_ground(words: str, ground: str, least: float, theme: int) -> None:
    values = tokens()

    assert contrast(values[words][theme], values[ground][theme]) >= least


def test_components_know_no_theme_and_no_colour_of_their_own() -> None:
    """Dark is a matter of tokens alone. White and black of codes that machines read are no theme."""
    for sheet in (CSS_ROOM / "components").glob("*.css"):
        text = without_comments(sheet.read_text(encoding="utf-8"))
        assert "prefers-color-scheme" not in text, sheet.name
        assert "data-theme" not in text, sheet.name
        assert not re.search(HEX, text), sheet.name
