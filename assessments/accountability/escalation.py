"""What the next time in a year leads to (累计追究): two schemes as data, and what each form means for the yearly assessment.

Which scheme is in force from which day is a row (EscalationRule); the steps of a scheme are its published text (dossier 3.7).
"""

import dataclasses

from django.db import models


class Scheme(models.TextChoices):
    CITY = "city", "市级办法"
    COUNTY = "county", "县区办法"


# form → what the first, second, third … time in a year means; the last step holds for every further time
CITY_STEPS = {
    "admonish": (
        "作出书面检查，扣发年度奖金15%",
        "公开检查并通报批评，扣发年度奖金30%",
        "给予效能告诫",
    ),
    "warn": ("年度考核不得评为优秀，扣发年度奖金50%", "年度考核确定为不称职"),
}
COUNTY_STEPS = (
    "作出书面检查，取消评优资格",
    "取消年度奖金和后备干部资格；借调人员退回原单位，临时人员予以辞退",
    "停职检查或组织处理；对单位负责人效能问责一次，单位取消评优资格",
)
# form → what it means for the assessment of the year, whatever the scheme ([S23])
EFFECTS = {
    "admonish": "当年年度考核不得评为优秀",
    "apologise": "当年年度考核不得评为称职以上等次",
    "circular": "当年年度考核不得评为称职以上等次",
    "disqualify": "取消当年评优评先资格",
}
HEAVIER_RANK, HEAVIER_EFFECT = 8, "当年年度考核确定为不称职"
UNIT_RANK, UNIT_TIMES = 5, 2  # 通报批评 and heavier, person-times in a year
UNIT_EFFECT = "一年内通报批评以上两人次以上，单位取消评优资格"


@dataclasses.dataclass(frozen=True)
class Earlier:
    """One earlier decision on the same respondent within the year."""

    number: str
    decided_on: object
    codes: tuple[str, ...]


def step(steps, occasion: int) -> str:
    return steps[min(occasion, len(steps)) - 1]


def consequences(scheme: str, codes, earlier: list[Earlier]) -> list[str]:
    """What the table says of a decision for `codes` after `earlier` ones: one sentence for each line that applies.

    The city counts each form by itself, the county counts cases.
    """
    if scheme == Scheme.COUNTY:
        occasion = len(earlier) + 1
        return [f"一年内第{occasion}次：{step(COUNTY_STEPS, occasion)}"]
    found = []
    for code, label in (("admonish", "诫勉教育"), ("warn", "效能告诫")):
        if code in codes:
            occasion = 1 + sum(code in one.codes for one in earlier)
            found.append(f"一年内第{occasion}次{label}：{step(CITY_STEPS[code], occasion)}")
    return found


def effects(codes, ranks) -> list[str]:
    """What the forms mean for the assessment of the year, each once, in the order of the forms."""
    found = [EFFECTS[code] for code in codes if code in EFFECTS]
    if any(rank >= HEAVIER_RANK for rank in ranks):
        found.append(HEAVIER_EFFECT)
    return list(dict.fromkeys(found))
