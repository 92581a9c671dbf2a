"""The exposure sheet (媒体曝光件登记表) as a paper."""

from assessments.publicity.exposures import access, reading
from assessments.publicity.exposures.models import Exposure
from sanwei.core import clock
from sanwei.core.days import written
from sanwei.core.documents.model import Heading, Paragraph, Sheet

ORGAN = "市直创建“三型机关”领导组办公室"
NONE = "—"


def sheet_of(exposure: Exposure, user, explanations, with_reply: bool) -> Sheet:
    """As `user` may read it; the reply is on it once it is public, or for those who draft it."""
    says = reading.sayer(user)
    return Sheet(
        title="媒体曝光件登记表",
        number=exposure.number,
        facts=(
            ("涉及单位", exposure.unit.name),
            ("涉及人员", "；".join(reading.persons_for(user, exposure)) or NONE),
            ("媒体", f"{exposure.media}（{exposure.get_media_kind_display()}）"),
            ("刊播日期", written(exposure.appeared_on)),
            ("标题", says(exposure, exposure.title)),
            ("链接", exposure.link or NONE),
            ("内容摘要", says(exposure, exposure.summary)),
            ("核实结论", exposure.get_verification_display()),
            ("核实依据", says(exposure, exposure.basis) or NONE),
            ("核实时间", written(clock.local(exposure.verified_at)) if exposure.verified_at else NONE),
            ("整改任务", exposure.task.number if access.can_see_task(user, exposure) else NONE),
        ),
        blocks=tuple(blocks(exposure, says, explanations, with_reply)),
        issuer=ORGAN,
        date=clock.local(exposure.registered_at).date(),
        seal_line=True,
    )


def blocks(exposure, says, explanations, with_reply):
    if explanations:
        yield Heading(1, "单位陈述")
        for row in explanations:
            yield Paragraph(f"{written(clock.local(row.at))}：{says(exposure, row.text)}")
    if exposure.correction:
        yield Heading(1, "更正说明")
        yield Paragraph(says(exposure, exposure.correction))
    elif exposure.reply and with_reply:
        yield Heading(1, "公开答复")
        yield from (Paragraph(line) for line in says(exposure, exposure.reply).splitlines() if line.strip())
