"""The years that come with the product (dossier 8.2): 2007, when the campaign was founded, and 2025 to 2027.

2027 is an estimate: the statutory days under the rules of 2025, festivals by the lunar calendar, and a day off in
lieu (补假) on the next working day for each that falls on a weekend; no make-up days.
"""

import csv
from pathlib import Path

DATA = Path(__file__).parent / "data"


def read(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def seed(year_model, day_model) -> None:
    """Enter the shipped years where they are missing; what an administrator imported stays."""
    there = set(year_model.objects.values_list("year", flat=True))
    years = [row for row in read("years.csv") if int(row["year"]) not in there]
    year_model.objects.bulk_create(year_model(**row) for row in years)
    new = {row["year"] for row in years}
    days = [row for row in read("days.csv") if row["year"] in new]
    day_model.objects.bulk_create(
        day_model(year_id=row["year"], date=row["date"], kind=row["kind"], name=row["name"]) for row in days
    )
