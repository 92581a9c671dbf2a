"""manage.py demo: build the demo city if the database is empty; --accounts prints who may sign in."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from assessments.demo import city, people


class Command(BaseCommand):
    help = "Build the demo city (keeps what is there)."

    def add_arguments(self, parser):
        parser.add_argument("--accounts", action="store_true", help="print the demo accounts and stop")

    def handle(self, *args, accounts, **options):
        if settings.PRODUCTION:
            raise CommandError("The demo city has known passwords and is never built in production.")
        if accounts:
            self.stdout.write(people.table())
        elif city.is_built():
            self.stdout.write("The city is there already; kept as it is.")
        else:
            city.build(lambda step: self.stdout.write(f"  … {step}"))
