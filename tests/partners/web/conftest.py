"""An organisation whose owner is signed in."""

import pytest
from django.test import Client
from tests.directory.people_of import make_owned

from sharingcity.directory.models import Organisation


@pytest.fixture
def cars(client: Client) -> Organisation:
    organisation, owner = make_owned("Mapo Cars", slug="mapo-cars")
    client.force_login(owner)
    client.cookies.load({"django_language": "en"})
    return organisation
