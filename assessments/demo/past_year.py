"""The year 2026 of the demo city, as it would stand after it was lived: rows with the times they would have."""

import copy
import datetime as dt
import random

from django.utils import timezone

from assessments.bulletins import compile
from assessments.bulletins.actions import fingerprint as data_fingerprint
from assessments.bulletins.models import Bulletin, Receipt
from assessments.demo import people
from assessments.demo.words import plan_words
from sanwei.core import clock, search
from sanwei.core.audit.models import Entry
from sanwei.core.numbers.models import NumberSeries
from sanwei.core.roles import Role
from sanwei.core.workdays import calendar, phrases
from units.campaigns.models import Campaign, Stage
from units.organisation.models import Unit
from units.plans.content import SectionKind, fingerprint
from units.plans.measures import from_row
from units.plans.models import Measure, Plan, PlanVersion, Progress, Section
from units.plans.reading import plain_text

YEAR = 2026
LATE_EVERY, RETURNED_EVERY = 10, 15  # every tenth unit was late, every fifteenth plan returned once
MISSING = (57, 118)  # two never handed in
PUBLISHED_EVERY = 4  # every fourth plan in force stands on the public site


def moment(month, day, hour=10, minute=0) -> dt.datetime:
    return dt.datetime(YEAR, month, day, hour, minute, tzinfo=timezone.get_default_timezone())


def live_through(founding_document, users) -> Campaign:
    """Campaign, plans, versions, measures with progress, and two bulletins. A handful of bulk inserts."""
    campaign = create_campaign(founding_document)
    chance = random.Random(YEAR)
    units = [*Unit.objects.active().in_order().prefetch_related("departments")]
    plans = Plan.objects.bulk_create(
        Plan(campaign=campaign, unit=unit, unit_order=unit.order, due_at=campaign.plan_due_at)
        for unit in units
    )
    filed = [plan for place, plan in enumerate(plans) if place not in MISSING]
    versions = hand_in(filed, chance)
    versions = revise(filed, versions, users["office"])
    approve(filed, versions, users["office"])
    publish(filed[::PUBLISHED_EVERY], users["office"])
    work_on_measures(filed, chance)
    publish_bulletins(campaign, users, units)
    return campaign


def create_campaign(founding_document) -> Campaign:
    due_on = phrases.due_of("2月下旬", YEAR, Campaign.Roll.FOLLOWING)
    campaign = Campaign.objects.create(
        year=YEAR,
        title=f"{YEAR}年市直创建“三型机关”活动",
        theme="提高服务效能，优化发展环境",
        founding_document=founding_document,
        plan_due_on=due_on,
        plan_due_at=clock.end_of_day(due_on),
        state=Campaign.State.ASSESS,
        state_changed_at=moment(11, 16),
    )
    Stage.objects.bulk_create(stages(campaign))
    return campaign


def stages(campaign) -> list[Stage]:
    """The usual calendar (dossier 1.11)."""
    year = campaign.year
    lines = (
        ("动员部署", (1, 20), (2, 10)),
        ("制定实施方案", (2, 10), (2, 28)),
        ("组织实施", (3, 1), (10, 31)),
        ("检查考评", (11, 1), (12, 20)),
        ("总结表彰", (12, 21), (12, 31)),
    )
    return [
        Stage(campaign=campaign, name=name, starts_on=dt.date(year, *start), ends_on=dt.date(year, *end))
        for name, start, end in lines
    ]


def hand_in(filed, chance) -> list[PlanVersion]:
    """Sections, the signed version and its audit entry for every plan that was handed in."""
    heads = people.staff_by_unit(Role.UNIT_HEAD)
    sections, versions, entries = [], [], []
    for place, plan in enumerate(filed):
        departments = [department.name for department in plan.unit.departments.all()] or ["办公室"]
        text = plan_words(plan.unit, departments, YEAR, chance)
        sections += [Section(plan=plan, kind=kind, content=content) for kind, content in text.items()]
        head = heads[plan.unit_id]
        versions.append(version_of(plan, text, received_at(place, chance), head))
        plan.submitted_at, plan.late_days = versions[-1].received_at, versions[-1].late_days
        plan.gather_on = clock.today() if plan.late_days else None
        entries.append(entry(plan, versions[-1].received_at, head, "sign", "签发上报"))
    Section.objects.bulk_create(sections, batch_size=500)
    PlanVersion.objects.bulk_create(versions, batch_size=200)
    Entry.objects.bulk_create(entries)
    return versions


def revise(filed, versions, officer) -> list[PlanVersion]:
    """Every fifteenth plan was returned once and came back better. Returns the last version of each plan."""
    heads, returned, second = people.staff_by_unit(Role.UNIT_HEAD), [], {}
    for place in range(RETURNED_EVERY - 1, len(filed), RETURNED_EVERY):
        plan, first = filed[place], versions[place]
        first.outcome, first.opinion = PlanVersion.Outcome.RETURNED, "经验总结较为笼统，请补充可检验的成效。"
        first.decided_by, first.decided_at = officer, first.received_at + dt.timedelta(days=2)
        returned.append(first)
        text = copy.deepcopy(first.content["sections"])
        text[SectionKind.EXPERIENCE]["text"] += "\n上年度窗口办件提前办结率达到96%，群众评议满意率98.50%。"
        again = version_of(
            plan, text, first.received_at + dt.timedelta(days=5), heads[plan.unit_id], number=2
        )
        second[place] = again
    PlanVersion.objects.bulk_update(returned, ["outcome", "opinion", "decided_by", "decided_at"])
    PlanVersion.objects.bulk_create(second.values())
    return [second.get(place, version) for place, version in enumerate(versions)]


def received_at(place: int, chance) -> dt.datetime:
    if place % LATE_EVERY == LATE_EVERY - 1:
        return moment(3, chance.choice((2, 3, 5, 9)), chance.randrange(9, 17), chance.randrange(60))
    return moment(2, chance.choice((24, 25, 26, 27, 28)), chance.randrange(9, 18), chance.randrange(60))


def version_of(plan, text, received, head, number=1) -> PlanVersion:
    frozen = {
        "campaign": YEAR,
        "theme": plan.campaign.theme,
        "unit": plan.unit.name,
        "sections": {str(kind): content for kind, content in text.items()},
        "papers": [],
    }
    return PlanVersion(
        plan=plan,
        number=number,
        receipt_number=f"回执〔{YEAR}〕{plan.unit.code}-{number}号",
        content=frozen,
        sha256=fingerprint(frozen),
        signed_by=head,
        received_at=received,
        due_at=plan.due_at,
        late_days=calendar.late_workdays(plan.due_at, received) if number == 1 else 0,
    )


def entry(obj, at, user, verb, label) -> Entry:
    return Entry(
        at=at,
        actor=user,
        actor_name=user.name,
        verb=verb,
        label=label,
        object_type=obj._meta.label_lower,
        object_id=str(obj.pk),
        object_label=str(obj),
        detail={"demo": True},
    )


def approve(filed, versions, officer) -> None:
    """The office filed every plan in March; its measures entered the ledger."""
    entries, measures = [], []
    for plan, version in zip(filed, versions, strict=True):
        decided_at = version.received_at + dt.timedelta(days=6)
        version.outcome, version.decided_by, version.decided_at = (
            PlanVersion.Outcome.APPROVED,
            officer,
            decided_at,
        )
        plan.state, plan.state_changed_at, plan.version = Plan.State.APPROVED, decided_at, 3
        plan.latest_version = plan.approved_version = version
        departments = {department.name: department for department in plan.unit.departments.all()}
        rows = version.content["sections"][SectionKind.MEASURES]["rows"]
        measures += [from_row(plan, position, row, departments) for position, row in enumerate(rows, 1)]
        entries.append(entry(plan, decided_at, officer, "approve", "备案通过"))
    PlanVersion.objects.bulk_update(versions, ["outcome", "decided_by", "decided_at"], batch_size=200)
    fields = [
        "state",
        "state_changed_at",
        "version",
        "submitted_at",
        "gather_on",
        "late_days",
        "latest_version",
        "approved_version",
    ]
    Plan.objects.bulk_update(filed, fields, batch_size=200)
    Measure.objects.bulk_create(measures, batch_size=500)
    Entry.objects.bulk_create(entries)
    for plan, version in zip(filed, versions, strict=True):
        search.index(plan, str(plan), plain_text(version.content), at=version.received_at)


def publish(plans, officer) -> None:
    """The office put some of the plans on the public site, the day after it had filed them."""
    for plan in plans:
        plan.published_at, plan.version = plan.state_changed_at + dt.timedelta(days=1), plan.version + 1
    Plan.objects.bulk_update(plans, ["published_at", "version"])
    Entry.objects.bulk_create(entry(plan, plan.published_at, officer, "publish", "公开") for plan in plans)


def work_on_measures(filed, chance) -> None:
    """Most measures that are due are done; a few lag behind."""
    clerks = people.staff_by_unit(Role.UNIT_CLERK)
    today, reports = clock.today(), []
    measures = [*Measure.objects.filter(plan__in=filed).select_related("plan")]
    for measure in measures:
        past = measure.due_on <= today
        done = past and chance.random() < 0.9
        measure.percent = 100 if done else chance.choice((20, 40, 60, 80))
        measure.done_on = measure.due_on - dt.timedelta(days=chance.randrange(1, 20)) if done else None
        at = timezone.make_aware(
            dt.datetime.combine(measure.done_on or min(today, measure.due_on), dt.time(15))
        )
        text = "已完成，达到完成标准。" if done else "正在推进，已完成阶段性工作。"
        reports.append(
            Progress(
                measure=measure, percent=measure.percent, text=text, by=clerks[measure.plan.unit_id], at=at
            )
        )
    Measure.objects.bulk_update(measures, ["percent", "done_on"], batch_size=500)
    Progress.objects.bulk_create(reports, batch_size=500)


def publish_bulletins(campaign, users, units) -> None:
    """直创办〔2026〕1号 on the plans and 2号 on the third quarter, signed, published, mostly signed for."""
    chance = random.Random(YEAR)
    clerks = people.staff_by_unit(Role.UNIT_CLERK)
    first = a_bulletin(campaign, users, 1, Bulletin.Kind.SUBMISSION, "", moment(3, 10))
    second = a_bulletin(campaign, users, 2, Bulletin.Kind.PERIODIC, f"{YEAR}Q3", moment(10, 12))
    NumberSeries.objects.create(series=Bulletin.SERIES, year=YEAR, last=2)
    Receipt.objects.bulk_create(
        Receipt(
            bulletin=bulletin,
            unit=unit,
            read_at=bulletin.published_at + dt.timedelta(hours=chance.randrange(1, 72)),
            read_by=clerks[unit.pk],
        )
        for bulletin in (first, second)
        for unit in units
    )


def a_bulletin(campaign, users, number, kind, period, at) -> Bulletin:
    if kind == Bulletin.Kind.SUBMISSION:
        data = compile.submission_data(campaign, at)
        title, text = compile.submission_title(campaign), compile.submission_text(campaign, data)
    else:
        data = compile.periodic_data(campaign, at)
        title, text = compile.periodic_title(campaign, period), compile.periodic_text(campaign, data)
    bulletin = Bulletin.objects.create(
        kind=kind,
        campaign=campaign,
        period=period,
        title=title,
        addressees=compile.ADDRESSEES,
        text=text,
        data=data,
        data_sha256=data_fingerprint(data),
        compiled_at=at,
        state=Bulletin.State.PUBLISHED,
        state_changed_at=at,
        drafted_by=users["office"],
        signed_by=users["director"],
        signed_at=at,
        year=YEAR,
        number=number,
        published_at=at,
        secrecy_checked_by=users["office"],
        opened_at=at,
    )
    search.index(bulletin, f"{bulletin.document_number} {title}", text, at=at)
    return bulletin
