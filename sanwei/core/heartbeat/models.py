"""Whether the clocks of the house still run."""

from django.db import models

from sanwei.core import clock


class Heartbeat(models.Model):
    """When a clock of the house last ran (shown by /readyz)."""

    name = models.CharField(max_length=60, primary_key=True)
    at = models.DateTimeField()

    def __str__(self):
        return self.name


def beat(name: str) -> None:
    """Note that the clock `name` ran."""
    Heartbeat.objects.update_or_create(name=name, defaults={"at": clock.now()})
