"""Public ids: short, unmistakable, forgiving when read out."""

from hypothesis import given
from hypothesis import strategies as st

from sharingcity.kernel.ids import ALPHABET, LENGTH, new_id, read_id


def test_new_ids_are_ten_unmistakable_characters_and_differ() -> None:
    made = {new_id() for _ in range(2000)}

    assert len(made) == 2000
    assert {len(one) for one in made} == {LENGTH}
    assert set("".join(made)) <= set(ALPHABET)
    assert not set("ILOU") & set(ALPHABET)


@given(st.text(ALPHABET, min_size=LENGTH, max_size=LENGTH), st.randoms())
def test_id_read_out_or_typed_carelessly_is_understood(code: str, random: object) -> None:
    spoken = code.lower().replace("0", "o").replace("1", "l")

    assert read_id(code) == read_id(spoken) == code
    assert read_id(f" {code[:5]}-{code[5:]} ") == read_id(f"{code}\x00") == code
    assert read_id(code.replace("1", "I").replace("0", "O")) == code


@given(st.text(max_size=40))
def test_anything_typed_can_be_read(text: str) -> None:
    assert isinstance(read_id(text), str)
