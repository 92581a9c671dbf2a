"""The verbs of an inspection, one function for each button."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from assessments.inspections.models import Draw, InspectedUnit, Inspection, TeamMember
from assessments.inspections.planning import drawing, overlaps
from sanwei.core import clock
from sanwei.core.audit.actions import record
from sanwei.core.notifications.actions import notify
from sanwei.core.notifications.audience import named
from sanwei.core.notifications.models import Announcement
from sanwei.core.numbers.actions import take
from sanwei.core.refusals import Refused
from sanwei.core.rows import append
from sanwei.core.workflow import advance
from units.organisation.access import units_of
from units.organisation.models import Unit

SERIES = "督查"


@transaction.atomic
def plan(*, campaign, by, team, leader, guests=(), **fields) -> Inspection:
    """拟订: a new inspection with its number and its team. `team` are accounts, `leader` one of them, `guests` names.

    Side effects: rows, number, audit, an announcement to the team.
    """
    inspection = append(
        Inspection(
            campaign=campaign,
            number=f"{SERIES}〔{clock.today().year}〕{take(SERIES, clock.today().year)}号",
            planned_by=by,
            **fields,
        )
    )
    record(inspection, "plan", by, label="拟订方案")
    form_team(inspection, team, leader, guests)
    return inspection


@transaction.atomic
def amend(*, inspection, by, team, leader, guests=(), overlap_known=False, version=None, **fields):
    """修改方案, the team included. New days that collide with other inspections must be known to be so.

    Side effects: row, team, audit, an announcement to those who join.
    """
    inspection = advance(inspection, "amend", by, version=version, changes=fields)
    form_team(inspection, team, leader, guests)
    keys = inspection.inspected.values_list("unit", flat=True)
    require_known(keys, inspection, overlap_known)
    return inspection


def form_team(inspection, team, leader, guests) -> None:
    """Replace the team. Refuses somebody who holds a post in a unit to be inspected (回避)."""
    if leader not in team:
        raise ValidationError({"leader": "组长须为督查组成员，请在成员中勾选。"})
    units = set(inspection.inspected.values_list("unit", flat=True))
    for member in team:
        if units & units_of(member):
            raise ValidationError(
                {"team": f"{member.name}在督查单位任职，应当回避，请移出督查组或移出该单位。"}
            )
    before = set(inspection.team.values_list("user", flat=True))
    inspection.team.all().delete()
    names = dict.fromkeys(guests)
    TeamMember.objects.bulk_create(
        [
            *(
                TeamMember(inspection=inspection, user=one, name=one.name, leads=one == leader)
                for one in team
            ),
            *(TeamMember(inspection=inspection, name=name) for name in names),
        ]
    )
    tell_joined(inspection, [member for member in team if member.pk not in before])


def tell_joined(inspection, people) -> None:
    """The message itself says neither theme nor unit: it may show on a locked screen."""
    if people:
        key = f"inspection:{inspection.pk}:{inspection.version}:team"
        title = f"您已列入{inspection.number}督查组"
        url = inspection.get_absolute_url()
        notify(Announcement.to(named(*people), key=key, title=title, url=url, about=inspection))


@transaction.atomic
def draw(*, inspection, by, candidates, wanted, reason="", avoid_overlaps=True) -> Draw:
    """随机抽取 `wanted` of `candidates` (units), those left out that others visit in the same week if asked.

    The seed is made here and whatever it brings stands, so that nobody can try until the lot pleases; a second drawing
    replaces the units of the first that were not visited yet, and must say why. Side effects: row of the draw, units, audit.
    """
    seed = drawing.new_seed()
    inspection = advance(inspection, "draw", by, reason=reason, seed=seed)
    if inspection.draws.exists() and not reason:
        raise ValidationError({"reason": "已经抽取过，重新抽取须写明理由，原抽取记录保留。"})
    own = units_of(by)
    pool = urn(inspection, [unit for unit in candidates if unit.pk not in own], avoid_overlaps)
    if wanted > len(pool):
        message = f"候选单位只有{len(pool)}个，请减少抽取数量或放宽候选范围。"
        raise ValidationError({"wanted": message})
    chosen = drawing.drawn(seed, pool, wanted)
    row = append(
        Draw(
            inspection=inspection,
            seed=seed,
            wanted=wanted,
            candidates=list(pool),
            drawn=chosen,
            reason=reason,
            by=by,
        )
    )
    drawn_before = inspection.inspected.exclude(draw=None).filter(visited_on=None)
    drawn_before.exclude(unit__in=found_in(inspection)).delete()
    InspectedUnit.objects.bulk_create(
        [InspectedUnit(inspection=inspection, unit=pool[code], draw=row) for code in chosen]
    )
    return row


def found_in(inspection):
    """Keys of the units in which something was found already: they stay."""
    return inspection.findings.values("unit")


def urn(inspection, candidates, avoid_overlaps: bool) -> dict[str, Unit]:
    """code → unit of those that can be drawn, in their fixed order: neither named nor visited already, nor busy."""
    taken = inspection.inspected.filter(
        Q(draw=None) | Q(visited_on__isnull=False) | Q(unit__in=found_in(inspection))
    )
    out = set(taken.values_list("unit", flat=True))
    if avoid_overlaps:
        days = inspection.starts_on, inspection.ends_on
        out |= {visit.unit_id for visit in overlaps.of_units(candidates, *days, besides=inspection.pk)}
    pool = {unit.code: unit for unit in candidates if unit.pk not in out}
    refuse_own(pool.values(), inspection)
    return pool


def refuse_own(units, inspection) -> None:
    """Nobody inspects a unit in which he holds a post."""
    for member in inspection.team.exclude(user=None).select_related("user"):
        if own := [unit.name for unit in units if unit.pk in units_of(member.user)]:
            raise Refused(f"督查组成员在{own[0]}任职，应当回避。请先调整督查组，或将该单位移出候选范围。")


def require_known(units, inspection, known: bool) -> None:
    """Refuse units that others visit in the same week, unless the planner has said that it is to be so."""
    found = overlaps.of_units(units, inspection.starts_on, inspection.ends_on, besides=inspection.pk)
    if found and not known:
        message = "；".join(overlaps.warning(visit) for visit in found)
        raise ValidationError(
            {"overlap_known": f"{message}。请避免重复督查；确需同时进行的，请勾选“已知悉重复督查”后再提交。"}
        )


@transaction.atomic
def add_unit(*, inspection, by, unit: Unit, reason, overlap_known=False):
    """指定单位, without a draw: the reason is kept. Side effects: row, audit."""
    if unit.pk in units_of(by):
        raise Refused("您在该单位任职，应当回避，不能指定该单位。")
    inspection = advance(inspection, "add_unit", by, unit=unit.name, reason=reason)
    if inspection.inspected.filter(unit=unit).exists():
        raise ValidationError({"unit": f"{unit.name}已在督查单位之中。"})
    refuse_own([unit], inspection)
    append(InspectedUnit(inspection=inspection, unit=unit, reason=reason))
    require_known([unit.pk], inspection, overlap_known)
    return inspection


@transaction.atomic
def drop_unit(*, inspection, by, unit: Unit, reason):
    """移出单位. What was visited or has findings stays. Side effects: row, audit."""
    inspection = advance(inspection, "drop_unit", by, unit=unit.name, reason=reason)
    row = inspection.inspected.filter(unit=unit).first()
    if row is None:
        raise ValidationError({"unit": f"{unit.name}不在督查单位之中。"})
    if row.visited_on or inspection.findings.filter(unit=unit).exists():
        raise Refused(f"{unit.name}已经走访或登记了问题，不能移出。")
    row.delete()
    return inspection


@transaction.atomic
def start(*, inspection, by):
    """开始督查. Side effects: state, audit."""
    return advance(inspection, "start", by)


@transaction.atomic
def record_visit(*, inspection, by, unit: Unit, visited_on, visit_note):
    """登记走访 of one unit, also where nothing was found. Side effects: row, audit."""
    inspection = advance(inspection, "record_visit", by, unit=unit.name)
    row = inspection.inspected.filter(unit=unit).first()
    if row is None:
        raise ValidationError({"unit": f"{unit.name}不在督查单位之中，请先指定该单位。"})
    row.visited_on, row.visit_note = visited_on, visit_note
    row.save(update_fields=["visited_on", "visit_note"])
    return inspection


@transaction.atomic
def finish(*, inspection, by):
    """结束督查: no longer secret for office and leaders; the team stays unknown to units. Side effects: state, audit."""
    return advance(inspection, "finish", by)


@transaction.atomic
def cancel(*, inspection, by, reason):
    """取消督查. Side effects: state, audit."""
    if inspection.findings.exclude(state="withdrawn").exists():
        raise Refused("已登记问题的督查不能取消，请结束督查。")
    return advance(inspection, "cancel", by, reason=reason)
