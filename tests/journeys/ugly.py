"""What real data look like on a bad day: endless names, rare characters, markup, many rows."""

from sanwei.core.accounts.models import User
from tests import make
from units.organisation.models import Department, Unit
from units.plans.models import Plan

LONG_NAME = "市发展和改革委员会暨国民经济动员办公室暨重点项目建设推进领导小组综合协调与政策法规研究中心（加挂对口支援办公室牌子）"
LATIN = "Pneumonoultramicroscopicsilicovolcanoconiosis" * 2
RARE = "𠮷野㐀喆龘🏛️ <b>粗体</b> &amp; 引号“”\"'"
WORDS = f"{RARE}{'坚持问题导向，逐项销号，务求实效。' * 60}{LATIN}"
MANY = 40


def uglify(cast) -> None:
    """Rename what is there and add many neighbours."""
    Unit.objects.filter(pk=cast.unit.pk).update(name=LONG_NAME, short_name=LONG_NAME[:40])
    Department.objects.filter(pk=cast.department.pk).update(name=f"{LONG_NAME[:50]}科")
    User.objects.filter(pk=cast.clerk.pk).update(name=f"欧阳{RARE}"[:64], email=f"{LATIN[:60]}@example.test")
    for row in (cast.unit, cast.department, cast.clerk):
        row.refresh_from_db()
    units = [
        make.unit(f"{LATIN[:40]}第{number}局{RARE[:20]}", short_name=f"{LATIN[:32]}第{number}局")
        for number in range(MANY)
    ]
    Plan.objects.bulk_create(
        Plan(campaign=cast.campaign, unit=unit, unit_order=unit.order, due_at=cast.campaign.plan_due_at)
        for unit in units
    )


def ugly_rows(department) -> list[dict]:
    """Twenty measures of a thousand characters each."""
    words = {"person": RARE[:60], "goal": WORDS[:500], "deliverable": WORDS[:500], "note": WORDS[:900]}
    return [
        make.measure_row(title=f"{number}. {LATIN}{WORDS[:300]}", department=department, **words)
        for number in range(20)
    ]
