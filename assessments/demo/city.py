"""The demo city: roster, library, people, a lived year and an open one."""

import random

from django.db import transaction

from assessments.demo import past_year, people
from assessments.demo.answering import call_to_account
from assessments.demo.inspections import inspect
from assessments.demo.publicity import publicise
from assessments.demo.supervision import supervise
from assessments.demo.words import plan_words
from assessments.ledger import actions as ledger
from assessments.ledger import gathering
from assessments.ledger.models import LedgerEntry
from sanwei.core import clock
from sanwei.core.roles import Role
from units.campaigns import actions as campaigns
from units.campaigns.models import Campaign
from units.organisation.imports import import_demo_roster
from units.organisation.models import Unit
from units.plans import actions, drafting
from units.plans.models import Plan
from units.policies.library import load_founding_library
from units.policies.models import Policy
from units.rectification import counting

THIS_YEAR = 2027
ALREADY_IN, AWAITING = (
    6,
    4,
)  # how far the open year has come: units that handed in, units whose head must sign


def is_built() -> bool:
    return Unit.objects.exists()


def build(say) -> None:
    """Build the city in one transaction; `say` is told of each step."""
    with transaction.atomic():
        say("roster of units")
        import_demo_roster()
        say("policy library")
        load_founding_library()
        say("people")
        users = people.create_accounts()
        people.staff_every_unit()
        founding = Policy.objects.order_by("pk").last()
        say("the year 2026")
        past_year.live_through(founding, users)
        say("the open year 2027")
        open_this_year(founding, users)
        say("points")
        keep_the_ledger(users)
        counting.count()


def keep_the_ledger(users) -> None:
    """What there is to gather, and one line that the head of the office has struck."""
    gathering.gather_all()
    entry = LedgerEntry.objects.filter(campaign__year=past_year.YEAR).earliest("unit_order")
    ledger.reverse(entry=entry, by=users["director"], reason="经核实，报送系统当日停电检修，不计迟报。")


def open_this_year(founding, users) -> None:
    """2027: opened by the head of the office; a few units are quick."""
    campaign = campaigns.create(
        year=THIS_YEAR,
        title=f"{THIS_YEAR}年市直创建“三型机关”活动",
        theme="提高服务效能，优化发展环境",
        founding_document=founding,
        plan_roll=Campaign.Roll.PRECEDING,
        by=users["office"],
    )
    past_year.Stage.objects.bulk_create(past_year.stages(campaign))
    campaign = campaigns.open(campaign=campaign, by=users["director"])
    chance = random.Random(THIS_YEAR)
    clerks, heads = (people.staff_by_unit(role) for role in (Role.UNIT_CLERK, Role.UNIT_HEAD))
    plans = Plan.objects.filter(campaign=campaign).exclude(unit=people.demo_unit()).for_list()
    for place, plan in enumerate(plans.order_by("unit_order")[: ALREADY_IN + AWAITING]):
        write(plan, chance, clerks[plan.unit_id])
        plan = actions.request_signature(plan=plan, by=clerks[plan.unit_id])
        if place < ALREADY_IN:
            actions.sign(plan=plan, by=heads[plan.unit_id], received_at=clock.now())
    supervise(campaign, users)
    inspect(campaign, users)
    call_to_account(campaign, users)
    publicise(campaign, users)


def write(plan, chance, by) -> None:
    """Fill the sections; the text of a citation or of papers is left to the clerks."""
    departments = [*plan.unit.departments.values_list("name", flat=True)]
    for kind, content in plan_words(plan.unit, departments, THIS_YEAR, chance).items():
        typed = content if kind != "citations" else {"policies": []}
        drafting.save_section(plan=plan, kind=kind, typed=typed, version=0, by=by)
