"""What is locked has been looked at: requirements.txt against requirements.reviewed.csv (DEP-02). Needs no network.

`python -m scripts.dependencies` fails when a package is locked in a version nobody reviewed, when a review is older
than SANWEI_REVIEW_DAYS (180), and when the numbers differ. With `advisories` it also asks pip-audit, and fails when
that is missing, finds something, or audited fewer packages than are locked: offline it skips all and says all is well.
"""

import csv
import datetime as dt
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOCK, REVIEWED = ROOT / "requirements.txt", ROOT / "requirements.reviewed.csv"
LOCKED = re.compile(r"^([A-Za-z0-9][\w.-]*)(?:\[[\w,-]+\])?==([^\s;\\]+)", re.MULTILINE)
REVIEW_DAYS = 180
AUDIT = [
    "pip-audit",
    "--strict",
    "--require-hashes",
    "--disable-pip",
    "--format",
    "json",
    "--requirement",
    str(LOCK),
]


def locked(text: str) -> dict[str, str]:
    """name → version of every package a lock file installs on some platform."""
    return {name.lower(): version for name, version in LOCKED.findall(text)}


def reviewed(text: str) -> dict[str, dict[str, str]]:
    """name → its row: name, version, reviewed_on (ISO day), licence, seen."""
    return {row["name"].lower(): row for row in csv.DictReader(text.splitlines())}


def faults(
    packages: dict[str, str], reviews: dict[str, dict[str, str]], today: dt.date, days: int
) -> list[str]:
    """What is not as it must be, a sentence for each."""
    found = [f"{name}: reviewed but not locked" for name in sorted(reviews.keys() - packages.keys())]
    for name, version in sorted(packages.items()):
        row = reviews.get(name)
        if row is None or row["version"] != version:
            seen = f"reviewed was {row['version']}" if row else "never reviewed"
            found.append(f"{name} {version}: {seen}")
        elif not row["licence"]:
            found.append(f"{name} {version}: no licence stands in its review")
        elif not 0 <= (today - dt.date.fromisoformat(row["reviewed_on"])).days <= days:
            found.append(
                f"{name} {version}: reviewed on {row['reviewed_on']}, which is more than {days} days from today"
            )
    return found


def unaudited(report: str, packages: dict[str, str]) -> list[str]:
    """What pip-audit's JSON leaves open: holes, packages it skipped, packages it never saw."""
    rows = {row["name"].lower(): row for row in json.loads(report or '{"dependencies": []}')["dependencies"]}
    found = [f"{name}: not audited" for name in sorted(packages.keys() - rows.keys())]
    for name, row in sorted(rows.items()):
        if "skip_reason" in row:
            found.append(f"{name}: skipped, {row['skip_reason']}")
        found += [f"{name}: {hole['id']}" for hole in row.get("vulns", ())]
    return found


def audit(packages: dict[str, str]) -> list[str]:
    """Ask pip-audit; packages that another platform needs are counted too and must be audited there."""
    if shutil.which(AUDIT[0]) is None:
        return [
            "pip-audit is not installed: nothing is known of advisories (docs/operations.md, Dependencies)"
        ]
    done = subprocess.run(AUDIT, capture_output=True, text=True, check=False)
    found = unaudited(done.stdout, packages)
    return found or (
        [f"pip-audit ended with {done.returncode}: {done.stderr[-500:]}"] if done.returncode else []
    )


def main(words: list[str]) -> int:
    packages, reviews = locked(LOCK.read_text()), reviewed(REVIEWED.read_text())
    today = dt.datetime.now(tz=dt.UTC).date()
    found = faults(packages, reviews, today, int(os.environ.get("SANWEI_REVIEW_DAYS", REVIEW_DAYS)))
    if "advisories" in words:
        found += audit(packages)
    for fault in found:
        print(f"  {fault}")
    print(f"{len(packages)} locked, {len(reviews)} reviewed, {len(found)} faults")
    return 1 if found or len(packages) != len(reviews) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
