"""Plausible words for the plans of the demo city; made from lists, the same on every machine."""

import random

from units.plans.content import LEADERSHIP_FIELDS, MEASURE_FIELDS, SectionKind

EXPERIENCE = (
    "坚持把创建活动与业务工作同部署、同落实、同检查，每季度召开一次专题会议研究推进。",
    "推行首问负责和一次性告知，窗口办件平均缩短两个工作日。",
    "坚持每周集中学习制度，领导班子成员带头授课，形成比学习、比作风的氛围。",
    "建立服务对象回访制度，对办结事项按比例电话回访，意见逐条整改。",
    "开展科室之间的比学赶超，好的做法在全系统推广。",
)
WEAKNESSES = (
    ("部分审批事项环节偏多，申报材料存在重复提交", "部门之间信息共享不够", "梳理办事流程，取消重复材料"),
    ("个别窗口人员业务不够熟练，一次办成率不高", "岗位培训不系统", "分批开展岗位练兵和业务考核"),
    ("政务公开内容更新不及时", "责任科室不够明确", "明确专人维护，按月检查通报"),
    ("学习形式单一，联系实际不够", "以会代学较多", "围绕重点工作开展专题研讨"),
    ("内部督查力度不足，问题整改跟踪不紧", "没有形成闭环", "建立问题台账，逐项销号"),
)
MEASURES = (
    (
        "开展“周五学堂”，每月不少于两次专题学习",
        "学习",
        "提高干部业务素质",
        "全年不少于24次，有计划有记录",
        "提高干部素质",
    ),
    ("推行一窗受理、集成服务", "服务", "办事群众少跑腿", "进驻事项全部一窗受理", "提高服务效能"),
    ("压减审批环节和申报材料", "服务", "审批提速", "平均环节压减三成", "提高服务效能"),
    ("公布服务承诺并接受社会监督", "服务", "承诺兑现", "承诺事项全部上墙上网", "优化发展环境"),
    ("建立重点项目帮办代办机制", "创新", "服务企业", "每个项目有帮办人员", "优化发展环境"),
    ("修订完善首问负责、限时办结等制度", "创新", "以制度管人管事", "七项制度齐全并执行到位", "健全规章制度"),
    ("开展科室互评和服务对象评议", "创新", "改进作风", "每半年评议一次并公布结果", "提高服务效能"),
)


def plan_words(unit, departments, year: int, chance: random.Random) -> dict[str, dict]:
    """Complete sections for one unit's plan, in the shape of units/plans/content.py."""
    return {
        SectionKind.EXPERIENCE: {"text": experience(unit, chance)},
        SectionKind.WEAKNESSES: {"rows": weaknesses(chance)},
        SectionKind.MEASURES: {"rows": measures(departments, year, chance)},
        SectionKind.LEADERSHIP: leadership(),
        SectionKind.CITATIONS: {"rows": []},
    }


def experience(unit, chance) -> str:
    opening = f"{unit.name}自2004年开展创建活动以来，学习氛围逐步浓厚，服务效能逐步提高。主要做法是："
    return "\n".join([opening, *chance.sample(EXPERIENCE, 3)])


def weaknesses(chance) -> list[dict]:
    chosen = chance.sample(WEAKNESSES, 2)
    return [
        {"uid": f"w{number}", "problem": problem, "cause": cause, "remedy": remedy}
        for number, (problem, cause, remedy) in enumerate(chosen, 1)
    ]


def measures(departments, year, chance) -> list[dict]:
    rows = []
    for number, (title, kind, goal, deliverable, theme) in enumerate(chance.sample(MEASURES, 4), 1):
        row = dict.fromkeys(MEASURE_FIELDS, "")
        row |= {"uid": f"m{number}", "title": title, "kind": kind, "goal": goal, "deliverable": deliverable}
        row |= {"theme": theme, "department": chance.choice(departments), "starts_on": f"{year}-03-01"}
        row["due_on"] = f"{year}-{chance.choice(('06-30', '09-30', '11-30', '12-18'))}"
        rows.append(row)
    return rows


def leadership() -> dict:
    words = {
        "head": "主要负责同志，负总责",
        "deputy": "分管负责同志，分工负责",
        "party": "机关党委（党支部），组织实施",
        "text": "成立创建工作领导组，下设办公室，一级抓一级，层层抓落实。",
    }
    return {field: words[field] for field in LEADERSHIP_FIELDS}
