"""manage.py populate --size city|province|country: an empty database filled for measuring."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from assessments.demo import city
from assessments.demo.population import SIZES, populate


class Command(BaseCommand):
    help = "Fill an empty database with units, people and plans of two years, for measuring."

    def add_arguments(self, parser):
        parser.add_argument("--size", choices=SIZES, default="city")
        parser.add_argument(
            "--force", action="store_true", help="also where the settings are those of production"
        )

    def handle(self, *args, size, force, **options):
        if settings.PRODUCTION and not force:
            raise CommandError(
                "The people of this population have known passwords; --force if that is meant."
            )
        if city.is_built():
            raise CommandError("There are units already; populate needs an empty database.")
        populate(SIZES[size], lambda step: self.stdout.write(f"  … {step}"))
