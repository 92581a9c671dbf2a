"""The list of problem classes every installation begins with (dossier 3.6)."""

import csv
from pathlib import Path

from assessments.inspections.models import FindingClass

FILE = Path(__file__).parent / "data" / "finding_classes.csv"


def load_classes(**kwargs) -> int:
    """Enter whichever classes and items are not there yet, and return how many; what people have changed is left alone.

    Called after each migrate (assessments/apps.py).
    """
    with FILE.open(encoding="utf-8") as file:
        listed = {row["code"]: row["name"] for row in csv.DictReader(file)}
    known = set(FindingClass.objects.values_list("code", flat=True))
    missing = {code: name for code, name in listed.items() if code not in known}
    first = [code for code in missing if len(code) == 1]
    FindingClass.objects.bulk_create([FindingClass(code=code, name=missing[code]) for code in first])
    classes = {row.code: row for row in FindingClass.objects.classes()}
    FindingClass.objects.bulk_create(
        [
            FindingClass(code=code, name=missing[code], parent=classes[code[0]])
            for code in missing
            if code not in first
        ]
    )
    return len(missing)
