"""What the office does with a campaign."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction

from sanwei.core import clock
from sanwei.core.audit.actions import record
from sanwei.core.refusals import Refused
from sanwei.core.workdays import phrases
from sanwei.core.workflow import advance
from units.campaigns.models import Campaign, Stage
from units.campaigns.signals import campaign_opened, deadline_moved


def plan_due_on(year: int, rule: str, roll: str) -> dt.date:
    """The civil day on which plans are due: the vague date as offices read it, rolled (dossier 8.4)."""
    try:
        return phrases.due_of(rule, year, roll)
    except ValueError as error:
        raise ValidationError(
            {"plan_rule": f"看不懂时限“{rule}”。请写成“2月下旬”“2月底前”或“2月26日前”这样的形式。"}
        ) from error


def create(
    *, year, title, theme, by, founding_document=None, plan_rule="2月下旬", plan_roll=Campaign.Roll.FOLLOWING
):
    """Prepare a campaign. Side effects: one row, one audit entry."""
    due_on = plan_due_on(year, plan_rule, plan_roll)
    with transaction.atomic():
        campaign = Campaign.objects.create(
            year=year,
            title=title,
            theme=theme,
            founding_document=founding_document,
            plan_rule=plan_rule,
            plan_roll=plan_roll,
            plan_due_on=due_on,
            plan_due_at=clock.end_of_day(due_on),
        )
        record(campaign, "create", by, label="建立")
    return campaign


def edit(*, campaign, by, **fields):
    """Change the set-up. A moved deadline is told upward (deadline_moved). Side effects: row, audit, signal."""
    rule = fields.get("plan_rule", campaign.plan_rule)
    roll = fields.get("plan_roll", campaign.plan_roll)
    fields["plan_due_on"] = plan_due_on(campaign.year, rule, roll)
    with transaction.atomic():
        changed = {name: value for name, value in fields.items() if getattr(campaign, name) != value}
        if not changed:
            return campaign
        before = {name: str(getattr(campaign, name)) for name in changed}
        for name, value in changed.items():
            setattr(campaign, name, value)
        campaign.save(update_fields=list(changed))
        record(
            campaign, "edit", by, label="修改", before=before, after={k: str(v) for k, v in changed.items()}
        )
        if "plan_due_on" in changed:
            move_deadline(campaign, by)
    return campaign


def move_deadline(campaign, by) -> None:
    """Store the instant that follows from plan_due_on and tell the rooms above. Inside a transaction."""
    previous = campaign.plan_due_at
    campaign.plan_due_at = clock.end_of_day(campaign.plan_due_on)
    campaign.save(update_fields=["plan_due_at"])
    deadline_moved.send(Campaign, campaign=campaign, previous=previous, by=by)


def recompute_deadlines(by=None) -> list[tuple[Campaign, dt.date, dt.date]]:
    """After a calendar was imported: recompute the deadlines of open campaigns (Appendix C 22).

    Returns the change list as (campaign, old day, new day). Side effects: rows, audit entries, signals.
    """
    moved = []
    with transaction.atomic():
        for campaign in Campaign.objects.filter(state__in=[Campaign.State.PREPARE, Campaign.State.OPEN]):
            before = campaign.plan_due_on
            edit(campaign=campaign, by=by)
            if campaign.plan_due_on != before:
                moved.append((campaign, before, campaign.plan_due_on))
    return moved


def set_stages(*, campaign, stages, by) -> None:
    """Replace the calendar. `stages`: list of dicts name, starts_on, ends_on, note. Side effects: rows, audit."""
    with transaction.atomic():
        campaign.stages.all().delete()
        Stage.objects.bulk_create(Stage(campaign=campaign, **stage) for stage in stages)
        record(campaign, "set_stages", by, label="调整阶段安排", count=len(stages))


def open(*, campaign, by):
    """启动. Side effects: state, audit; campaign_opened (plans are created and units told, above)."""
    with transaction.atomic():
        if Campaign.objects.filter(state=Campaign.State.OPEN).exclude(pk=campaign.pk).exists():
            raise Refused("上一年度的创建活动仍在进行中。请先将其转入考评，再启动新的年度。")
        campaign = advance(campaign, "open", by)
        campaign_opened.send(Campaign, campaign=campaign, by=by)
    return campaign


@transaction.atomic
def assess(*, campaign, by):
    """转入考评. Side effects: state, audit."""
    return advance(campaign, "assess", by)


@transaction.atomic
def publicise(*, campaign, by):
    """转入公示. Side effects: state, audit."""
    return advance(campaign, "publicise", by)


@transaction.atomic
def archive(*, campaign, by):
    """归档. Side effects: state, audit."""
    return advance(campaign, "archive", by)
