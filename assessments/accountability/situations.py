"""Code lists of a case: situations (问责情形), circumstances that weigh (从重、从轻、免予), kinds of person (dossier 3.7)."""

from django.db import models


class Situation(models.TextChoices):
    """For persons and for units, as a provincial ordinance lists them ([S62])."""

    P_EXECUTION = "p_execution", "不认真贯彻执行决策部署"
    P_DELAY = "p_delay", "故意拖延、吃拿卡要"
    P_SHIRKING = "p_shirking", "推诿扯皮、效率低下"
    P_SLACK = "p_slack", "懈怠懒散、消极应付"
    P_RUDE = "p_rude", "作风粗暴、态度恶劣"
    P_OTHER = "p_other", "个人其他情形"
    U_DECISION = "u_decision", "决策失误造成损失"
    U_SERVICE = "u_service", "作风松散、效率低下、服务差，群众意见大"
    U_FALSE = "u_false", "弄虚作假、虚报浮夸"
    U_SHIRKING = "u_shirking", "推诿贻误工作"
    U_LENIENT = "u_lenient", "应问责而不问责"
    U_WARNINGS = "u_warnings", "一年内被效能告诫三人次以上"
    U_GRADE = "u_grade", "年度绩效考评差等次"
    U_OTHER = "u_other", "单位其他情形"


def situations_of(concerned: str) -> list[tuple[str, str]]:
    """The choices for persons, or for a unit."""
    prefix = "u_" if concerned == "unit" else "p_"
    return [choice for choice in Situation.choices if choice[0].startswith(prefix)]


class Aggravating(models.TextChoices):
    REPEATED = "repeated", "一年内两次以上"
    OBSTRUCTION = "obstruction", "干扰、阻碍调查"
    BRIBERY = "bribery", "行贿"
    RETALIATION = "retaliation", "打击报复"


class Mitigating(models.TextChoices):
    CORRECTED = "corrected", "主动纠正"
    COOPERATION = "cooperation", "积极配合调查"
    SMALL_DAMAGE = "small_damage", "损害轻微"


class Exempting(models.TextChoices):
    FORCE_MAJEURE = "force_majeure", "不可抗力"
    DECEIVED = "deceived", "下级弄虚作假致使难以正确判断"
    UNCLEAR_RULE = "unclear_rule", "规定不明确"


LABELS = dict([*Aggravating.choices, *Mitigating.choices, *Exempting.choices])


def said(codes) -> str:
    """The circumstances in words."""
    return "、".join(str(LABELS[code]) for code in codes)
