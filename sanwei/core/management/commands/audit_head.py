"""manage.py audit_head: the anchor to be kept elsewhere each day."""

from django.core.management.base import BaseCommand

from sanwei.core.audit.chain import head


class Command(BaseCommand):
    help = "Print SEQUENCE:DIGEST of the newest seal."

    def handle(self, *args, **options):
        sequence, digest = head()
        self.stdout.write(f"{sequence}:{digest}")
