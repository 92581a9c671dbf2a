"""A city in which every stored word is a marker: what the checks of INJ-03 look for on its way out."""

import datetime as dt
from decimal import Decimal

from django.apps import apps
from django.db import models

from assessments.accountability import actions as cases
from assessments.accountability import deciding as decisions
from assessments.accountability import fault_notices, hearing, reviewing, schemes
from assessments.bulletins import actions as bulletins
from assessments.inspections.findings import actions as findings
from assessments.inspections.findings import deciding, following
from assessments.inspections.planning import actions as inspections
from assessments.ledger import actions as ledger
from assessments.ledger.rules import set_point_rule
from assessments.publicity.cases import actions as model_cases
from assessments.publicity.exposures import actions as exposures
from sanwei.core import clock
from sanwei.core.attachments.models import Attachment
from tests import make
from tests.assessments.accountability import build as accountability
from tests.assessments.inspections import build as inspecting
from tests.post import tell_all
from tests.security.workflows import NOW, a_bulletin
from tests.units.policies.build import policy
from units.organisation import actions as organisation
from units.plans import actions as plans
from units.plans import measures
from units.rectification import actions as tasks
from units.rectification import assistance, extensions, urging

FROZEN = {
    "assessments_ledgerentry",
    "core_entry",
    "core_seal",
    "units_planversion",
    "core_searchentry",
    "assessments_caseversion",
    "assessments_explanation",
    "assessments_findingclass",
}  # what stands there was typed before
NOT_WORDS = {"password", "digest", "previous", "sha256", "data_sha256", "stored_name", "dedup_key", "key", "account",
             "period", "search_terms", "series", "content_type", "mime", "extension", "threshold",
             "plan_rule", "seed", "name_key"}  # fmt: skip
COLUMNS = [
    field
    for model in apps.get_models()
    if model._meta.app_label in ("core", "units", "assessments") and model._meta.db_table not in FROZEN
    for field in model._meta.concrete_fields
    if isinstance(field, models.CharField | models.TextField)
    and not (field.choices or field.primary_key or field.name in NOT_WORDS)
    and not (
        field.unique and (field.max_length or 99) < 12
    )  # too short for a marker that differs from row to row
]


def marker(number: int, room=None) -> str:
    """Breaks out of text, of attributes in either quotes, and of scripts, wherever it is not escaped."""
    whole = f"""</script>'"><xss-{number} onxss=1>"""
    return whole if room is None or len(whole) <= room else f"<xss-{number}>"


def mark_everything(word=marker) -> None:
    """Write into each column of words a marker with the column's number; the row's key keeps rows apart."""
    for number, field in enumerate(COLUMNS):
        for pk in field.model.objects.values_list("pk", flat=True):
            room = (field.max_length or 10_000) - 6
            value = f"{word(number, room)}{str(pk)[:6]}"[: field.max_length]
            field.model.objects.filter(pk=pk).update(**{field.name: value})


def typing(word):
    """What people type: numbered from 1000."""
    return lambda number: word(1000 + number)


def marked_city(cast, word=marker):
    """A city in which something of every kind has happened, all of it in words that `word(number, room)` gives."""
    mark_everything(word)
    for row in (
        cast.clerk,
        cast.head,
        cast.officer,
        cast.office_head,
        cast.unit,
        cast.campaign,
        cast.department,
    ):
        row.refresh_from_db()
    plan = a_filed_plan(cast, typing(word))
    a_published_bulletin(cast)
    an_office_at_work(cast, plan, typing(word))
    a_task_with_everything(cast, typing(word))
    points_and_a_rule(cast, typing(word))
    an_inspection_with_everything(cast, typing(word))
    a_case_with_everything(cast, typing(word))
    what_is_made_public(cast, typing(word))
    tell_all()
    mark_everything(word)
    return cast


def what_is_made_public(cast, typed):
    """An exposure and a case before the public, one of each withdrawn, one of each on its way, with all that is said of it."""
    exposure = make.exposure(cast.campaign, cast.unit, cast.officer, title=typed(60), persons=typed(61))
    exposures.explain(exposure=exposure, by=cast.head, text=typed(62))
    exposures.verify(exposure=exposure, by=cast.officer, finding="partly", basis=typed(63))
    exposures.reply(exposure=exposure, by=cast.officer, text=typed(64))
    exposures.propose(exposure=exposure, by=cast.officer)
    exposures.publish(exposure=exposure, by=cast.office_head)
    exposures.explain(
        exposure=make.exposure(cast.campaign, cast.unit, cast.officer), by=cast.head, text=typed(65)
    )
    make.withdrawn_exposure(cast, title="另一件")
    case = make.submitted_case(cast, title=typed(66), source=typed(67))
    model_cases.start_editing(case=case, by=cast.officer)
    words = {
        field: typed(68 + number) for number, field in enumerate(("practice", "effect", "replicability"))
    }
    model_cases.revise(case=case, by=cast.officer, **words)
    model_cases.adopt(case=case, by=cast.officer)
    model_cases.propose(case=case, by=cast.officer)
    model_cases.publish(case=case, by=cast.office_head)
    make.withdrawn_case(cast, title="另一例")
    make.submitted_case(cast, title="又一例")


def an_office_at_work(cast, plan, typed):
    """A document, papers, leading groups, a new name, a new tier, stages."""
    document = policy(
        by=cast.officer, title=typed(1), full_text=f"一、{typed(2)}\n{typed(3)}", erratum=typed(4)
    )
    member = {"position": "head", "name": typed(5), "title": "", "phone": ""}
    for unit in (cast.unit, None):
        organisation.set_leading_group(unit=unit, members=[member], by=cast.officer)
    organisation.rename(unit=cast.unit, name="市发展和改革局", short_name="发改局", by=cast.officer)
    organisation.set_tier(unit=cast.unit, tier="weak", reason=typed(6), by=cast.officer)
    cast.campaign.stages.create(name=typed(7), starts_on="2026-01-01", ends_on="2026-02-01", note=typed(8))
    for owner in (plan, document):
        words = {"name": typed(9), "stored_name": f"{next(make.counter):032}", "sha256": "0" * 64, "size": 1}
        Attachment.objects.create(owner=owner, uploaded_by=cast.clerk, **words)


def a_task_with_everything(cast, typed):
    """A task that was signed for, helped with, worked on and urged, and for which more time is wanted."""
    words = {"title": typed(40), "requirement": typed(41), "standard": typed(42), "source_label": typed(43)}
    task = make.task_in_progress(
        cast.campaign, cast.unit, cast.officer, cast.clerk, assisting=[cast.other_unit], **words
    )
    assistance.assist(assistance=task.assistance.get(), by=cast.stranger, opinion=typed(44))
    tasks.record_progress(
        task=task, by=cast.clerk, percent=10, text=typed(45), problems=typed(46), next_steps=typed(47)
    )
    limits = {"due_on": task.due_on, "requirement": typed(48), "direct_reason": typed(49)}
    urging.urge(task=task, by=cast.officer, colour="red", **limits)
    wanted = task.due_on + dt.timedelta(days=7)
    extensions.request_extension(
        task=task, by=cast.clerk, wanted_due_on=wanted, reason=typed(50), progress=typed(51)
    )


def points_and_a_rule(cast, typed):
    """A line of the ledger with the one that struck it, and a rule."""
    words = {"cause_label": typed(61), "rule": typed(62)}
    row = make.ledger_entry(cast.campaign, cast.unit, cast.officer, **words)
    ledger.reverse(entry=row, by=cast.office_head, reason=typed(63))
    words = {"indicator": "F1", "points": Decimal("-1"), "reason": typed(64), "by": cast.office_head}
    set_point_rule(kind="task.red", since=clock.today(), **words)


def an_inspection_with_everything(cast, typed):
    """Findings that were filed, objected to and upheld, with their task; and a second look."""
    where = inspecting.under_way(
        cast, theme=typed(80), filing_number=typed(81), scope=typed(82), guests=[typed(83)]
    )
    words = {"place": typed(84), "facts": typed(85), "people": typed(86), "requirement": typed(87)}
    inspecting.finding(cast, where, handled_on_spot=typed(88), evidence_numbers=typed(89), **words)
    told = findings.notify(finding=inspecting.finding(cast, where, **words), by=cast.inspector)
    told = findings.object(finding=told, by=cast.head, objection=typed(90))
    deciding.uphold(finding=told, by=cast.office_head, decision=typed(91))
    kept = inspecting.upheld(cast, inspection=where, **{**words, "requirement": ""})
    kept = following.settle(finding=kept, by=cast.inspector, conclusion=typed(92))
    following.look_back(finding=kept, by=cast.inspector, outcome="kept", note=typed(93), looked_on=NOW.date())
    inspections.record_visit(
        inspection=where, by=cast.inspector, unit=cast.unit, visited_on=NOW.date(), visit_note=typed(94)
    )


def a_case_with_everything(cast, typed):
    """A case that was heard, decided, noticed, appealed and upheld; and one that was not pursued."""
    by = accountability.disciplinarian()
    accountability.basis()
    persons = [accountability.person(typed(60)[:64], department=typed(61)[:60], title=typed(62)[:60])]
    words = {"concerned": "persons", "respondents": persons, "facts": typed(63), "source_label": typed(64)}
    case = accountability.registered(cast, persons=(), **words)
    case = cases.verify(case=case, by=by)
    basis = {"situation": "p_slack", "clause": typed(65)[:40], "clause_text": typed(66)}
    limit, forms = clock.today() + dt.timedelta(days=30), accountability.all_get(case, "circular")
    case = hearing.notify_facts(case=case, by=by, facts=typed(67), due_on=limit, chosen=forms, **basis)
    respondent = case.respondents.get()
    case = hearing.make_statement(
        case=case, by=cast.head, respondent=respondent, waived=False, text=typed(68)
    )
    case = decisions.propose(case=case, by=by, opinion=typed(69), chosen=forms)
    case = fault_notices.issue_notice(case=case, by=by, grade="fault", requirement=typed(70), due_on=limit)
    today = clock.today()
    paper = {"organ": typed(71), "document_number": "六纪〔2026〕8号", "decided_on": today}
    case = decisions.decide(case=case, by=by, chosen=forms, **paper)
    case = decisions.execute(case=case, by=by, executed_on=today, execution=typed(72))
    case = reviewing.appeal(case=case, by=by, appealed_on=today, appeal=typed(73))
    reviewing.uphold(case=case, by=by, opinion=typed(74), **paper)
    schemes.set_scheme(since=today, scheme="county", reason=typed(75), by=cast.office_head)
    cases.not_pursue(case=accountability.told(cast), by=by, reason=typed(76))


def a_filed_plan(cast, typed):
    rows = [make.measure_row(title=typed(20), person=typed(21), note=typed(22), goal=typed(23))]
    plan = make.write_plan(cast.plan, cast.clerk, experience=typed(24), rows=rows)
    plan = plans.request_signature(plan=plan, by=cast.clerk)
    plan = plans.hand_back(plan=plan, by=cast.head, reason=typed(25))
    plan = plans.request_signature(plan=plan, by=cast.clerk)
    plan = plans.sign(plan=plan, by=cast.head, received_at=NOW).plan
    plans.comment(plan=plan, section="measures", text=typed(26), by=cast.officer)
    plan.refresh_from_db()
    plan = plans.approve(plan=plan, by=cast.officer, opinion=typed(27))
    plan = plans.publish(plan=plan, by=cast.officer)
    row = plan.measures.get()
    measures.record_progress(measure=row, percent=10, text=typed(28), version=row.version, by=cast.clerk)
    plans.grant_extension(plan=cast.other_plan, by=cast.officer, due_on=NOW.date(), reason=typed(29))
    return plan


def a_published_bulletin(cast):
    row = bulletins.request_review(bulletin=a_bulletin(cast, "draft"), by=cast.officer)
    row = bulletins.sign(bulletin=row, by=cast.office_head)
    row = bulletins.publish(bulletin=bulletins.number(bulletin=row, by=cast.officer), by=cast.officer)
    bulletins.open(bulletin=row, by=cast.officer)
    bulletins.draft(kind="periodic", campaign=cast.campaign, period="2026Q1", by=cast.officer)
