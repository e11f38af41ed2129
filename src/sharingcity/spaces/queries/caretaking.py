"""How a building is looked after."""

from sharingcity.spaces.models import Caretaking


def caretaking_of(place_id: int) -> Caretaking | None:
    """When staff are there anyway; None while no rota is planned for the building."""
    return Caretaking.objects.filter(place_id=place_id).first()
