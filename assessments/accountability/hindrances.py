"""What stands against a verb of a case besides its state (dossier 3.7): the hearing, and the effect period."""

from sanwei.core import clock
from sanwei.core.days import written


def of(case, verb: str) -> str:
    """Why `verb` cannot be taken although the state would allow it, in Chinese; nothing if it can."""
    if verb == "propose" and not case.heard_at:
        return "尚未听取全部追究对象的陈述申辩，不能提出处理建议。请先登记各追究对象的陈述申辩，或其放弃陈述申辩。"
    if verb == "release":
        return against_release(case)
    return ""


def against_release(case) -> str:
    if case.is_endless:
        return "该处理没有期限，不适用解除。"
    if case.effect_until and clock.today() <= case.effect_until:
        return f"影响期至{written(case.effect_until)}，届满后方可解除。"
    return ""
