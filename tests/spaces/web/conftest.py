"""Pages are read in English."""

import pytest
from django.test import Client


@pytest.fixture
def client() -> Client:
    return Client(headers={"accept-language": "en"})
