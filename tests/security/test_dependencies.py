"""A green answer about dependencies is one about every locked package (DEP-02)."""

import datetime as dt
import json

import pytest

from scripts.dependencies import LOCK, REVIEWED, faults, locked, reviewed, unaudited

TODAY = dt.date(2026, 11, 28)
ROW = {"name": "django", "version": "5.2.19", "reviewed_on": "2026-11-28", "licence": "BSD-3-Clause"}


def test_dep_02_every_locked_package_is_reviewed_in_its_version():
    packages, reviews = locked(LOCK.read_text()), reviewed(REVIEWED.read_text())
    day = max(dt.date.fromisoformat(row["reviewed_on"]) for row in reviews.values())

    lines = [line for line in LOCK.read_text().splitlines() if line and line[0] not in " #"]

    assert len(packages) == len(lines) > 0
    assert len(packages) == len(reviews)
    assert faults(packages, reviews, day, 180) == []


@pytest.mark.parametrize(
    ("changed", "today", "fault"),
    [
        ({"version": "5.2.18"}, TODAY, "django 5.2.19: reviewed was 5.2.18"),
        ({"licence": ""}, TODAY, "django 5.2.19: no licence stands in its review"),
        ({}, TODAY + dt.timedelta(days=181), "django 5.2.19: reviewed on 2026-11-28, which is more than 180 days from today"),
        ({"reviewed_on": "2026-11-29"}, TODAY, "django 5.2.19: reviewed on 2026-11-29, which is more than 180 days from today"),
    ],
)  # fmt: skip
def test_dep_02_a_review_that_does_not_hold_is_named(changed, today, fault):
    assert faults({"django": "5.2.19"}, {"django": ROW | changed}, today, 180) == [fault]


def test_dep_02_a_package_on_one_side_only_is_named():
    assert faults({"new": "1"}, {"django": ROW}, TODAY, 180) == [
        "django: reviewed but not locked",
        "new 1: never reviewed",
    ]


def test_dep_02_an_audit_that_skipped_all_is_not_green():
    skipped = {"dependencies": [{"name": "django", "skip_reason": "could not be reached"}]}
    packages = {"django": "5.2.19", "redis": "8.1.0"}

    assert unaudited(json.dumps(skipped), packages) == [
        "redis: not audited",
        "django: skipped, could not be reached",
    ]
    assert unaudited("", packages) == ["django: not audited", "redis: not audited"]


def test_dep_02_a_known_hole_is_named():
    hole = {"dependencies": [{"name": "Django", "version": "5.2.19", "vulns": [{"id": "CVE-2026-0001"}]}]}
    sound = {"dependencies": [{"name": "Django", "version": "5.2.19", "vulns": []}]}

    assert unaudited(json.dumps(hole), {"django": "5.2.19"}) == ["django: CVE-2026-0001"]
    assert unaudited(json.dumps(sound), {"django": "5.2.19"}) == []
