"""manage.py grant_web_role: run by `prepare`, so that tables added by a migration are opened, or kept shut."""

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import connection, transaction

ROLE = "sanwei_web"
GRANTS = settings.BASE_DIR / "deploy" / "roles.sql"


class Command(BaseCommand):
    help = "Apply deploy/roles.sql, if the database has a web role; run as the owner of the tables."

    def handle(self, **options):
        if not has_role():
            self.stdout.write(f"no role {ROLE}: the portal works as the owner of its tables")
            return
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(GRANTS.read_text())
        self.stdout.write(f"granted to {ROLE} by {GRANTS.name}")


def has_role() -> bool:
    """Whether the operator has made the web role; an embedded database knows none."""
    if connection.vendor != "postgresql":
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [ROLE])
        return cursor.fetchone() is not None
