"""What is done with units, the posts in them, and their leading groups."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction

from sanwei.core import clock
from sanwei.core.audit.actions import record
from sanwei.core.refusals import Refused
from sanwei.core.roles import conflict
from units.organisation.models import Department, LeadingGroupMember, Post, Unit, UnitName, UnitTier
from units.organisation.naming import terms_of
from units.organisation.people import roles_of_person

ONE_DAY = dt.timedelta(days=1)


def refresh_terms(unit) -> None:
    former = tuple(unit.former_names.values_list("name", flat=True))
    unit.search_terms = terms_of(unit.name, unit.short_name, former)
    unit.save(update_fields=["search_terms"])


def create_unit(*, by, **fields) -> Unit:
    """Enter a unit. Side effects: unit, first line of its tier history, audit."""
    with transaction.atomic():
        unit = Unit.objects.create(**fields, search_terms=terms_of(fields["name"], fields["short_name"]))
        UnitTier.objects.create(unit=unit, tier=unit.tier, since=clock.today(), reason="建档", by=by)
        record(unit, "create", by, label="建立单位")
    return unit


def edit_unit(*, unit, by, **fields) -> Unit:
    """Change facts other than name and tier. Side effects: row, audit."""
    changed = {name: value for name, value in fields.items() if getattr(unit, name) != value}
    if changed:
        with transaction.atomic():
            before = {name: str(getattr(unit, name)) for name in changed}
            for name, value in changed.items():
                setattr(unit, name, value)
            unit.save(update_fields=list(changed))
            record(
                unit,
                "edit",
                by,
                label="修改单位",
                before=before,
                after={k: str(v) for k, v in changed.items()},
            )
    return unit


def rename(*, unit, name, short_name, by) -> Unit:
    """更名: the old name stays findable, and on what was made under it. Side effects: rows, audit."""
    with transaction.atomic():
        if name != unit.name:
            UnitName.objects.create(unit=unit, name=unit.name, until=clock.today())
        before, unit.name, unit.short_name = unit.name, name, short_name
        unit.save(update_fields=["name", "short_name"])
        refresh_terms(unit)
        record(unit, "rename", by, label="更名", before=before, after=name)
    return unit


def merge(*, unit, successor, by, reason) -> Unit:
    """撤并 into a successor that the office chose. The unit's records stay with it; its posts end today.

    Side effects: rows, audit.
    """
    if successor.pk == unit.pk or successor.ended_on:
        raise ValidationError({"successor": "承接单位须为另一个在册单位，请重新选择。"})
    with transaction.atomic():
        unit.ended_on, unit.successor = clock.today(), successor
        unit.save(update_fields=["ended_on", "successor"])
        Post.objects.active().filter(unit=unit, starts_on__lte=clock.today()).update(ends_on=clock.today())
        record(unit, "merge", by, label="撤并", reason=reason, successor=successor.name)
    return unit


def set_tier(*, unit, tier, reason, by) -> Unit:
    """调整创建基础; what the unit owes stays as it is (Appendix C 25). Side effects: rows, audit."""
    if tier == unit.tier:
        raise ValidationError({"tier": "与现有创建基础相同，无须调整。"})
    with transaction.atomic():
        before, unit.tier = unit.get_tier_display(), tier
        unit.save(update_fields=["tier"])
        UnitTier.objects.create(unit=unit, tier=tier, since=clock.today(), reason=reason, by=by)
        record(
            unit,
            "set_tier",
            by,
            label="调整创建基础",
            before=before,
            after=unit.get_tier_display(),
            reason=reason,
        )
    return unit


def save_department(*, unit, name, is_counter, by, department=None) -> Department:
    """Enter or change a department. Side effects: row, audit."""
    if unit.departments.filter(name=name).exclude(pk=department and department.pk).exists():
        raise ValidationError({"name": f"本单位已有科室“{name}”，请核对。"})
    with transaction.atomic():
        department = department or Department(unit=unit)
        department.name, department.is_counter = name, is_counter
        if department.pk:
            department.save(update_fields=["name", "is_counter"])
        else:
            department.save(force_insert=True)
        record(unit, "save_department", by, label="维护科室", department=name)
    return department


def appoint(*, user, role, by, unit=None, department=None, body="", starts_on=None) -> Post:
    """任用: give `user` a post from a day on. Refuses posts that exclude each other (三员分立). Side effects: row, audit."""
    starts_on = starts_on or clock.today()
    if why := conflict({*roles_of_person(user, starts_on), role}):
        raise Refused(why)
    with transaction.atomic():
        post, created = Post.objects.get_or_create(
            user=user, role=role, unit=unit, department=department, body=body, ends_on=None,
            defaults={"starts_on": starts_on},
        )  # fmt: skip
        if not created:
            raise Refused(f"{user.name}已担任{post}，无须重复任用。")
        record(post, "appoint", by, label="任用", person=user.name)
    return post


def end_post(*, post, by, reason) -> Post:
    """免去 a post as of yesterday (today if it began today). Side effects: row, its stand-ins, audit."""
    last_day = max(clock.today() - ONE_DAY, post.starts_on)
    with transaction.atomic():
        post.ends_on = last_day
        post.save(update_fields=["ends_on"])
        post.stand_ins.active().filter(starts_on__lte=last_day).update(ends_on=last_day)
        record(post, "end_post", by, label="免去", person=post.user.name, reason=reason)
    return post


def delegate(*, post, user, starts_on, ends_on, by) -> Post:
    """AB岗: `user` stands in for the holder of `post` from `starts_on` to `ends_on`, both included (H11).

    Side effects: row, audit.
    """
    if ends_on < starts_on or ends_on < clock.today():
        raise ValidationError({"ends_on": "结束日期须不早于起始日期和今天，请重新选择。"})
    if user.person == post.user.person:
        raise ValidationError({"user": "代理人不能是本人，请另选一人。"})
    if why := conflict({*roles_of_person(user, starts_on), post.role}):
        raise Refused(why)
    with transaction.atomic():
        stand_in = Post.objects.create(
            user=user, role=post.role, unit=post.unit, department=post.department, body=post.body,
            starts_on=starts_on, ends_on=ends_on, stands_in_for=post,
        )  # fmt: skip
        record(stand_in, "delegate", by, label="授权代办", person=user.name, holder=post.user.name)
    return stand_in


def set_leading_group(*, unit, members, by) -> None:
    """调整领导组: who is no longer named ends today, who is new begins today; who stays is left alone.

    `members`: dicts position, name, title, phone. `unit` None is the city's group. Side effects: rows, audit.
    """
    present = {(m.position, m.name): m for m in LeadingGroupMember.objects.filter(unit=unit, ends_on=None)}
    wanted = {(member["position"], member["name"]): member for member in members}
    with transaction.atomic():
        for key in present.keys() - wanted.keys():
            present[key].ends_on = max(clock.today(), present[key].starts_on)
            present[key].save(update_fields=["ends_on"])
        LeadingGroupMember.objects.bulk_create(
            LeadingGroupMember(unit=unit, starts_on=clock.today(), **wanted[key])
            for key in wanted
            if key not in present
        )
        # the city itself is no record: its group is entered under its newest member
        if about := unit or LeadingGroupMember.objects.of_the_city().last():
            record(about, "set_leading_group", by, label="调整领导组", members=len(wanted))
