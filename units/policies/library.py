"""The documents every library begins with: those the founding opinion of 2007 rests on, and itself (R2.1)."""

import datetime as dt
import json
from pathlib import Path

from units.policies import numbers
from units.policies.actions import create
from units.policies.models import Policy

DATA = Path(__file__).parent / "data"


def load_founding_library(by=None) -> list[Policy]:
    """Enter whichever of the seven documents are not there yet and return all seven, the founding one last.

    What people have since corrected is left alone. Side effects: those of create() for each new document.
    """
    records = json.loads((DATA / "founding.json").read_text(encoding="utf-8"))
    return [already_entered(record) or create(by=by, **content_of(record)) for record in records]


def already_entered(record) -> Policy | None:
    number = numbers.normalise(record["number_printed"])
    same = {"number": number} if number else {"title": record["title"]}
    return Policy.objects.filter(**same).first()


def content_of(record) -> dict:
    content = {**record, "full_text": ""}
    if text_file := content.pop("text_file", ""):
        content["full_text"] = (DATA / text_file).read_text(encoding="utf-8").strip()
    if date := content.pop("issued_on", ""):
        content["issued_on"] = dt.date.fromisoformat(date)
    return content
