"""Every table has its decision in deploy/roles.sql: what the web role may do with it (AUTHZ-26)."""

import re
from collections import Counter

from django.apps import apps
from django.conf import settings

GRANT = re.compile(
    r"^GRANT ([A-Z, ]+?)(?: \([\w, ]+\))? ON\n(.*?)\nTO sanwei_web;$", re.MULTILINE | re.DOTALL
)
OF_THE_FRAMEWORK = {"django_migrations"}  # a table without a model
ADDED_TO_ONLY = {
    "assessments_caseversion",
    "assessments_draw",
    "assessments_escalationrule",
    "assessments_evidence",
    "assessments_explanation",
    "assessments_findingtask",
    "assessments_ledgerentry",
    "assessments_lookback",
    "assessments_pointrule",
    "assessments_statement",
    "core_entry",
    "core_lightrule",
    "core_seal",
    "units_pause",
    "units_taskprogress",
}  # fmt: skip


def decisions() -> dict[str, list[str]]:
    """rights → tables, as the file says."""
    text = (settings.BASE_DIR / "deploy" / "roles.sql").read_text()
    found: dict[str, list[str]] = {}
    for rights, tables in GRANT.findall(text):
        found.setdefault(rights, []).extend(re.findall(r"\w+", tables))
    return found


def tables() -> set[str]:
    return {model._meta.db_table for model in apps.get_models(include_auto_created=True)} | OF_THE_FRAMEWORK


def undecided(named) -> dict[str, set[str]]:
    return {"no decision": tables() - set(named), "no such table": set(named) - tables()}


def test_authz_26_every_table_has_one_decision():
    named = Counter(table for rows in decisions().values() for table in rows)

    assert undecided(named) == {"no decision": set(), "no such table": set()}
    assert {table: times for table, times in named.items() if times > 1} == {}


def test_authz_26_the_record_and_what_was_reported_are_only_added_to():
    assert set(decisions()["SELECT, INSERT"]) == ADDED_TO_ONLY


def test_authz_26_control_a_table_without_a_decision_is_named():
    named = {table for rows in decisions().values() for table in rows} - {"units_plan"}

    assert undecided(named)["no decision"] == {"units_plan"}
