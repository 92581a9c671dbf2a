"""manage.py verify_audit [--anchor SEQUENCE:DIGEST]: check the chain of the record from its beginning."""

from django.core.management.base import BaseCommand, CommandError

from sanwei.core.audit.chain import first_fault, head


class Command(BaseCommand):
    help = "Check the audit chain; names the first bad row."

    def add_arguments(self, parser):
        parser.add_argument("--anchor", help="a head printed earlier by audit_head, as SEQUENCE:DIGEST")

    def handle(self, *args, anchor, **options):
        if anchor:
            sequence, _, digest = anchor.partition(":")
            anchor = (int(sequence), digest)
        fault = first_fault(anchor)
        if fault:
            raise CommandError(f"audit chain broken: {fault}")
        self.stdout.write(f"audit chain is whole: {head()[0]} entries")
