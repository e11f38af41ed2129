from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sharingcity.kernel.errors import Refusal
from sharingcity.partners.frame.plan import RETIRED_SHARE_PERCENT, make_plan, refuse_too_many_retired


@dataclass(frozen=True)
class Offered:
    key: str
    content_hash: str


@dataclass(frozen=True)
class Known:
    content_hash: str
    is_shown: bool = True
    may_retire: bool = True
    may_return: bool = False


SHOWN = st.builds(Known, st.sampled_from("abc"))
KEPT = st.builds(Known, st.sampled_from("abc"), may_retire=st.just(False))
OFF = st.builds(
    Known, st.sampled_from("abc"), is_shown=st.just(False), may_retire=st.just(False), may_return=st.booleans()
)
KEYS = st.sampled_from([str(number) for number in range(12)])


@given(offered=st.dictionaries(KEYS, st.sampled_from("abc")), known=st.dictionaries(KEYS, st.one_of(SHOWN, KEPT, OFF)))
def test_plan_accounts_for_every_item_once(offered: dict[str, str], known: dict[str, Known]) -> None:
    plan = make_plan([Offered(key, content) for key, content in offered.items()], known)

    kept = [item.key for item, _row in (*plan.changed, *plan.unchanged)]
    assert sorted([*(item.key for item in plan.created), *kept]) == sorted(offered)
    assert {item.key for item in plan.created} == offered.keys() - known.keys()
    assert all(row.may_retire for row in plan.vanished)
    assert len(plan.vanished) == sum(row.may_retire for key, row in known.items() if key not in offered)


@pytest.mark.parametrize(
    ("row", "content", "is_changed"),
    [
        (Known("a"), "a", False),
        (Known("a"), "b", True),
        (Known("a", is_shown=False, may_retire=False, may_return=True), "a", True),
        (Known("a", is_shown=False, may_retire=False), "b", False),
    ],
    ids=["same", "other content", "taken off by an import", "retired by a person"],
)
def test_known_item_is_changed(row: Known, content: str, is_changed: bool) -> None:
    plan = make_plan([Offered("1", content)], {"1": row})

    assert (len(plan.changed), len(plan.unchanged)) == ((1, 0) if is_changed else (0, 1))


@given(shown=st.integers(0, 60), gone=st.integers(0, 60))
def test_more_than_the_share_is_refused(shown: int, gone: int) -> None:
    known = {str(number): Known("a") for number in range(shown)}
    plan = make_plan([Offered(key, "a") for key in list(known)[gone:]], known)

    if len(plan.vanished) > shown * RETIRED_SHARE_PERCENT / 100:
        with pytest.raises(Refusal, match="too_many_retired"):
            refuse_too_many_retired(plan)
    else:
        refuse_too_many_retired(plan)
