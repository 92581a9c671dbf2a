"""The people of the demo city: one account for each role, and a clerk and a head for every unit."""

import dataclasses
import datetime as dt
import random

from django.contrib.auth.hashers import make_password

from sanwei.core.accounts.models import User
from sanwei.core.roles import Role
from units.organisation.models import Post, Unit

PASSWORD = "Sanwei-2027"  # printed in the README; the demo only
SINCE = dt.date(2025, 1, 1)
UNIT = "市发展改革委"


@dataclasses.dataclass(frozen=True)
class Account:
    username: str
    name: str
    role: Role
    unit: bool = False  # holds the post in the demo unit
    body: str = ""


ACCOUNTS = (
    Account("clerk", "李芳", Role.UNIT_CLERK, unit=True),
    Account("head", "张建国", Role.UNIT_HEAD, unit=True),
    Account("lead", "赵磊", Role.DEPARTMENT_LEAD, unit=True),
    Account("office", "陈静", Role.OFFICE),
    Account("director", "刘志强", Role.OFFICE_HEAD),
    Account("leader", "王永明", Role.LEADER),
    Account("inspector", "周明", Role.INSPECTOR, body="市委督查室"),
    Account("inspector2", "秦岚", Role.INSPECTOR, body="市政府督办室"),
    Account("complaints", "吴丹", Role.COMPLAINT_OFFICER, body="市长热线"),
    Account("judge", "郑华", Role.JUDGE),
    Account("discipline", "冯涛", Role.DISCIPLINE, body="市纪委（市监察局）"),
    Account("press", "孙悦", Role.PRESS, body="市广播电视台"),
    Account("sysadmin", "何军", Role.SYSTEM_ADMIN),
    Account("secadmin", "高翔", Role.SECURITY_ADMIN),
    Account("auditor", "罗敏", Role.AUDIT_ADMIN),
)
SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾"
GIVEN = (
    "建国", "志强", "海燕", "晓东", "文静", "立新", "国庆", "丽华", "永胜", "春梅", "学军", "红霞", "明远", "素珍",
    "德胜", "雪梅", "家豪", "小莉", "振华", "秀兰", "俊杰", "婷婷", "大为", "玉兰", "喆", "晟睿", "金凤", "爱民",
)  # fmt: skip


def demo_unit() -> Unit:
    """The unit whose clerk, head and department lead have accounts."""
    return Unit.objects.filter(name__contains="发展和改革").first() or Unit.objects.in_order().first()


def create_accounts() -> dict[str, User]:
    """username → User for the named accounts. They need not change the demo password."""
    unit, hashed = demo_unit(), make_password(PASSWORD)
    users = {}
    for account in ACCOUNTS:
        user = User(username=account.username, name=account.name, password=hashed, must_change_password=False)
        user.save(force_insert=True)
        leads = account.role == Role.DEPARTMENT_LEAD
        Post.objects.create(
            user=user,
            role=account.role,
            unit=unit if account.unit else None,
            department=unit.departments.order_by("pk").first() if leads else None,
            body=account.body,
            starts_on=SINCE,
        )
        users[account.username] = user
    return users


def staff_every_unit() -> None:
    """A clerk and a head for each unit but the demo one; they cannot sign in until a password is issued."""
    chance = random.Random(2004)
    people = [
        (unit, role, User(username=f"{unit.code.lower()}-{suffix}", name=a_name(chance), password="!"))
        for unit in Unit.objects.active().exclude(pk=demo_unit().pk).in_order()
        for role, suffix in ((Role.UNIT_CLERK, "clerk"), (Role.UNIT_HEAD, "head"))
    ]
    User.objects.bulk_create([user for _, _, user in people])
    Post.objects.bulk_create(
        Post(user=user, role=role, unit=unit, starts_on=SINCE) for unit, role, user in people
    )


def staff_by_unit(role: Role) -> dict[int, User]:
    """unit key → the person who holds `role` there."""
    return {post.unit_id: post.user for post in Post.objects.filter(role=role).select_related("user")}


def a_name(chance: random.Random) -> str:
    return chance.choice(SURNAMES) + chance.choice(GIVEN)


def table() -> str:
    """The accounts as they are printed at the start."""
    rows = [f"  {account.username:<12}{account.role.label}　{account.name}" for account in ACCOUNTS]
    return "\n".join([*rows, f"  password for all: {PASSWORD}"])
