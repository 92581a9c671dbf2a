"""Many units at once, for measuring: the same shapes as the demo city, written in bulk.

A lived year (every plan filed, approved and in the ledger) and an open one that stands in the last days of February, with
rectification tasks in every state.
Everybody has the demo password; `clerk-<unit code>` and `head-<unit code>` sign in.
"""

import copy
import datetime as dt
import itertools
import random

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import OuterRef, Subquery

from assessments.demo import people
from assessments.demo.task_population import Giver
from assessments.demo.words import plan_words
from sanwei.core import clock
from sanwei.core.accounts.models import User
from sanwei.core.audit.models import Entry
from sanwei.core.notifications.models import Notification
from sanwei.core.roles import Role
from sanwei.core.search import entries_of
from sanwei.core.search.models import SearchEntry
from units.campaigns.models import Campaign
from units.organisation.imports import import_demo_roster
from units.organisation.models import Department, Post, Unit
from units.organisation.naming import folded
from units.plans import measures, reading, tallies
from units.plans.content import SectionKind, fingerprint
from units.plans.models import Measure, Plan, PlanVersion, Section
from units.policies.library import load_founding_library
from units.rectification import counting

SIZES = {"city": 123, "province": 2_000, "country": 40_000}
PORTION = 500  # units written at once, so that memory stays level
DEPARTMENTS = ("办公室", "政策法规科", "行政审批科")
LIVED, OPEN = 2026, 2027
FILED = (Plan.State.SUBMITTED, Plan.State.RETURNED, Plan.State.APPROVED)
SOME, FEW, MANY_UNITS = 5, 3, 5_000  # tasks of a unit in the open year: in a city or province, in a country
A_DAY = dt.timedelta(days=1)
HISTORY = (("create", "建立"), ("request_signature", "送审"), ("sign", "签发上报"))


def populate(units: int, say) -> None:
    """Write `units` units with people, plans of two years, versions, measures, tasks, entries; `say` is told how far it is."""
    with transaction.atomic():
        import_demo_roster()
        load_founding_library()
        people.create_accounts()
        lived, opened = open_campaigns()
    multiply_units(units)
    hashed, chance = make_password(people.PASSWORD), random.Random(units)
    giver = Giver(User.objects.get(username="office"), chance)
    everybody = Unit.objects.in_order().only("pk", "code", "name", "short_name", "order").iterator(PORTION)
    written = 0
    while portion := list(itertools.islice(everybody, PORTION)):
        with transaction.atomic():
            clerks = write(portion, lived, opened, hashed, chance)
            give_tasks(giver, portion, clerks, lived, opened, FEW if units > MANY_UNITS else SOME)
            tallies.fold()
        counting.count()
        written += len(portion)
        say(f"{written} of {units} units")
    giver.close_series()


def multiply_units(wanted: int) -> None:
    """The roster again and again under other names, until there are `wanted` units."""
    roster = list(Unit.objects.in_order())
    numbers = range(len(roster), wanted)
    for start in numbers[::PORTION]:
        Unit.objects.bulk_create(
            another(roster[number % len(roster)], number // len(roster), number)
            for number in numbers[start - len(roster) :][:PORTION]
        )


def another(unit, district: int, order: int) -> Unit:
    twin = copy.copy(unit)
    twin.pk, twin.parent, twin._state = None, None, type(unit._state)()
    twin.code, twin.order = f"{unit.code}-{district}", order + 1
    twin.name, twin.short_name = f"第{district}区{unit.name}", f"第{district}区{unit.short_name}"[:40]
    twin.search_terms = f"{folded(twin.name)} {unit.search_terms}"  # the roster's own: pinyin takes its time
    return twin


def open_campaigns() -> tuple[Campaign, Campaign]:
    """The lived year, already in assessment, and the open one, due in two hours."""
    now = clock.now()
    due = {LIVED: now - dt.timedelta(days=365), OPEN: now + dt.timedelta(hours=2)}
    states = {LIVED: Campaign.State.ASSESS, OPEN: Campaign.State.OPEN}
    return tuple(
        Campaign.objects.create(
            year=year,
            title=f"{year}年创建“三型机关”活动",
            theme="提高服务效能，优化发展环境",
            plan_due_on=due[year].date(),
            plan_due_at=due[year],
            state=states[year],
        )
        for year in (LIVED, OPEN)
    )


def give_tasks(giver, units, clerks, lived, opened, each: int) -> None:
    """Tasks of the open year for every unit, and one of the lived year, long closed, for every third."""
    departments = {unit.pk: [] for unit in units}
    for department in Department.objects.filter(unit__in=departments):
        departments[department.unit_id].append(department)
    giver.give(opened, units, clerks, departments, each)
    giver.give(lived, units[::3], clerks, departments, 1, only="closed", days_ago=300)


def write(units, lived, opened, hashed, chance) -> dict[int, User]:
    """One portion: people, then last year's plans, all in force, then this year's, each where it has got to.

    Returns unit key → clerk.
    """
    clerks, heads = staff(units, hashed)
    texts = {unit.pk: plan_words(unit, DEPARTMENTS, LIVED, chance) for unit in units}
    filed = [(unit, Plan.State.APPROVED) for unit in units]
    hand_in(lived, filed, texts, heads)
    standing = [(unit, state_of(unit)) for unit in units]
    hand_in(opened, standing, texts, heads)
    Notification.objects.bulk_create(
        Notification(
            user=person, key=f"campaign:{opened.pk}:open", title=f"{opened.title}已启动", url="/desk/"
        )
        for person in (*clerks.values(), *heads.values())
    )
    return clerks


def state_of(unit) -> str:
    """Of ten units three have filed, one waits for its head, one was sent back, two are in force, three are writing."""
    waiting = (Plan.State.AWAITING_SIGNATURE, Plan.State.RETURNED, Plan.State.APPROVED, Plan.State.APPROVED)
    return (*[Plan.State.SUBMITTED] * 3, *waiting, *[Plan.State.DRAFT] * 3)[unit.order % 10]


def staff(units, hashed) -> tuple[dict[int, User], dict[int, User]]:
    """A clerk and a head for each unit and three departments. Returns unit key → clerk, unit key → head."""
    found = []
    for role, word in ((Role.UNIT_CLERK, "clerk"), (Role.UNIT_HEAD, "head")):
        users = {
            unit.pk: User(
                username=f"{word}-{unit.code.lower()}",
                name="王海燕",
                password=hashed,
                email=f"{word}-{unit.pk}@example.test",
                phone="0564-3370000",
                must_change_password=False,
            )
            for unit in units
        }
        User.objects.bulk_create(users.values())
        Post.objects.bulk_create(
            Post(user=users[unit.pk], role=role, unit=unit, starts_on=people.SINCE) for unit in units
        )
        found.append(users)
    Department.objects.bulk_create(
        [Department(unit=unit, name=name) for unit in units for name in DEPARTMENTS], ignore_conflicts=True
    )
    return tuple(found)


def hand_in(campaign, standing, texts, heads) -> None:
    """The plans of a campaign in the states given, with all that such a state leaves behind."""
    plans = Plan.objects.bulk_create(
        Plan(campaign=campaign, unit=unit, unit_order=unit.order, due_at=campaign.plan_due_at)
        for unit, _ in standing
    )
    Section.objects.bulk_create(
        Section(plan=plan, kind=kind, content=text)
        for plan in plans
        for kind, text in texts[plan.unit_id].items()
    )
    states = {plan.pk: state for plan, (_, state) in zip(plans, standing, strict=True)}
    filed = [plan for plan in plans if states[plan.pk] in FILED]
    PlanVersion.objects.bulk_create(
        version_of(plan, texts[plan.unit_id], heads[plan.unit_id]) for plan in filed
    )
    for state in (Plan.State.AWAITING_SIGNATURE, *FILED):
        move([pk for pk in states if states[pk] == state], state, campaign.plan_due_at)
    enter_in_force([plan for plan in filed if states[plan.pk] == Plan.State.APPROVED], texts)
    Entry.objects.bulk_create(
        entry(plan, verb, label, heads[plan.unit_id]) for plan in filed for verb, label in HISTORY
    )


def move(keys, state, due_at) -> None:
    """What a state leaves on the plans themselves. One statement."""
    version = PlanVersion.objects.filter(plan=OuterRef("pk")).values("pk")
    values = {"state": state}
    if state in FILED:
        values |= {"submitted_at": due_at - A_DAY, "latest_version": Subquery(version)}
    if state == Plan.State.APPROVED:
        values |= {"approved_version": Subquery(version)}
    if state == Plan.State.RETURNED:
        values |= {"returned_at": due_at - A_DAY, "revision_due_at": due_at + 7 * A_DAY}
    Plan.objects.filter(pk__in=keys).update(**values)


def version_of(plan, text, head) -> PlanVersion:
    frozen = {
        "campaign": plan.campaign.year,
        "theme": plan.campaign.theme,
        "unit": plan.unit.name,
        "sections": text,
    }
    frozen["papers"] = []
    return PlanVersion(
        plan=plan,
        number=1,
        receipt_number=f"回执〔{plan.campaign.year}〕{plan.unit.code}-1号",
        content=frozen,
        sha256=fingerprint(frozen),
        signed_by=head,
        received_at=plan.due_at - A_DAY,
        due_at=plan.due_at,
        late_days=0,
    )


def enter_in_force(plans, texts) -> None:
    """Measures and search words of the plans in force."""
    PlanVersion.objects.filter(plan__in=plans).update(outcome=PlanVersion.Outcome.APPROVED)
    departments = {}
    for department in Department.objects.filter(unit__in=[plan.unit_id for plan in plans]):
        departments.setdefault(department.unit_id, {})[department.name] = department
    Measure.objects.bulk_create(
        measures.from_row(plan, position, row, departments[plan.unit_id])
        for plan in plans
        for position, row in enumerate(texts[plan.unit_id][SectionKind.MEASURES]["rows"], 1)
    )
    SearchEntry.objects.bulk_create(
        row
        for plan in plans
        for row in entries_of(plan, str(plan), reading.plain_text({"sections": texts[plan.unit_id]}))
    )


def entry(plan, verb, label, head) -> Entry:
    return Entry(
        at=plan.due_at - A_DAY,
        actor=head,
        actor_name=head.name,
        verb=verb,
        label=label,
        object_type=plan._meta.label_lower,
        object_id=str(plan.pk),
        object_label=str(plan),
    )
