from tests.permissions import matrix, acts
from tests.permissions.test_permissions import *  # noqa
import pytest
for _n in [n for n in list(globals()) if n.startswith("test_")]: del globals()[_n]
def test_mine(city):
    table = matrix.documented()
    names=[n for n in ADDRESSES if "city/connectors" in n]
    measured={n: matrix.measure(city,n) for n in names}
    assert [matrix.as_line(n,w) for n,w in measured.items() if table.get(n)!=w]==[]
