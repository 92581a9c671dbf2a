"""The twelve forms of accountability (责任追究方式, dossier 3.7) as data, and which of two decisions is the heavier."""

import dataclasses

PERSON, UNIT, LEADER = "person", "unit", "leader"


@dataclasses.dataclass(frozen=True)
class Form:
    """`rank` is that of the dossier's table, `grade` the order within it; `to` whom it can be applied.

    `months`: the effect period when the decision names no other; 0 for none, None for one without end. `approval`: wants the
    approval of whoever manages the cadre (干部管理权限), so that here only a suggestion and the decision's number stand.
    """

    code: str
    label: str
    rank: int
    to: tuple[str, ...] = (PERSON,)
    months: int | None = 0
    approval: bool = False
    grade: int = 0

    @property
    def severity(self) -> tuple[int, int]:
        return self.rank, self.grade


# Months: rank 11 by the law (dossier [L5] art. 8), rank 9 by the upper end of the city that states one ([S23]); a year where the
# sources speak of "that year"; for the rest a default that the decision may replace (docs/decisions/accountability.md).
FORMS = (
    Form("talk", "批评教育、谈话提醒", 1),
    Form("rectify", "责令书面检查、限期整改", 2, (PERSON, UNIT)),
    Form("admonish", "诫勉教育（诫勉谈话）", 3, months=12),
    Form("apologise", "责令公开道歉", 4, (PERSON, UNIT), 12),
    Form("circular", "通报批评", 5, (PERSON, UNIT), 12),
    Form("warn", "效能告诫", 6, (PERSON, UNIT), 12),
    Form("disqualify", "取消当年评优评先资格", 7, (PERSON, UNIT), 12),
    Form("transfer", "调整（调离）工作岗位、待岗", 8, months=12, approval=True),
    Form("suspend", "停职检查", 9, months=6, approval=True),
    Form("remove", "引咎辞职、责令辞职、免职、降职", 10, (LEADER,), 12, approval=True),
    Form("party", "党纪处分", 11, months=12),
    Form("warning", "政务警告", 11, months=6, grade=1),
    Form("demerit", "政务记过", 11, months=12, grade=2),
    Form("serious_demerit", "政务记大过", 11, months=18, grade=3),
    Form("demotion", "政务降级", 11, months=24, grade=4),
    Form("dismissal", "政务撤职", 11, months=24, grade=5),
    Form("expulsion", "政务开除", 11, months=None, grade=6),
    Form("prosecute", "移送司法", 12),
)
BY_CODE = {form.code: form for form in FORMS}
CHOICES = [(form.code, form.label) for form in FORMS]
PARTY = "party"  # decided under rules of its own: neither lighter nor heavier than an administrative one


def applicable(*applies: str) -> list[Form]:
    """The forms that can be applied to such a respondent."""
    return [form for form in FORMS if set(form.to) & set(applies)]


def heaviest(codes) -> Form | None:
    return max((BY_CODE[code] for code in codes), key=lambda form: form.severity, default=None)


def heavier(codes, limit) -> Form | None:
    """The form among `codes` that is heavier than all of `limit` (codes), or nothing.

    What was told before a hearing bounds what may be decided after it ([L5] art. 43). A party discipline that was not
    told is always more than was told.
    """
    if PARTY in codes and PARTY not in limit:
        return BY_CODE[PARTY]
    most, top = heaviest(codes), heaviest(limit)
    return most if most and (top is None or most.severity > top.severity) else None


def named(codes) -> str:
    """责令公开道歉、通报批评, in the order of the table."""
    return "、".join(form.label for form in FORMS if form.code in set(codes))


def suggested(codes) -> str:
    """As named(); what others have to approve is marked as a suggestion."""
    chosen = [form for form in FORMS if form.code in set(codes)]
    return "、".join(f"建议{form.label}" if form.approval else form.label for form in chosen)
