"""Background work of the rooms' rota."""

from datetime import timedelta

from sharingcity.kernel import clock
from sharingcity.kernel.tasks import periodic, task
from sharingcity.spaces import operations


@periodic("spaces.plan_shifts", every=timedelta(minutes=30))
@task()
def plan_shifts() -> None:
    """Brings every building's rota up to date with its bookings."""
    operations.plan_all_shifts(now=clock.now())
