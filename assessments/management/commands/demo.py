"""manage.py demo: build the demo city if the database is empty; --prepare makes tables and static files first; --accounts prints
who may sign in."""

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from assessments.demo import city, people


class Command(BaseCommand):
    help = "Build the demo city (keeps what is there)."

    def add_arguments(self, parser):
        parser.add_argument("--accounts", action="store_true", help="print the demo accounts and stop")
        parser.add_argument(
            "--prepare", action="store_true", help="tables and static files first, in one process"
        )

    def handle(self, *args, accounts, prepare, **options):
        if settings.PRODUCTION:
            raise CommandError("The demo city has known passwords and is never built in production.")
        if prepare:
            call_command("migrate", verbosity=0)
            call_command("collectstatic", interactive=False, verbosity=0)
        if accounts:
            self.stdout.write(people.table())
        elif city.is_built():
            self.stdout.write("The city is there already; kept as it is.")
        else:
            city.build(lambda step: self.stdout.write(f"  … {step}"))
