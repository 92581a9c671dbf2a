"""What stands against a verb of a task besides its state: suspension, and the rules of more time (dossier 3.2)."""

from sanwei.core import clock
from sanwei.core.workdays import calendar

MOST_EXTENSIONS = 2  # sup.max_extensions
ON_AN_APPLICATION = ("sign_extension", "grant_extension", "refuse_extension", "hand_back_extension")


def of(task, verb: str) -> str:
    """Why `verb` cannot be taken although the state would allow it, in Chinese; nothing if it can."""
    if verb == "resume":
        return "" if task.is_suspended else "该任务没有中止，无须恢复。"
    if task.is_suspended and verb != "cancel":
        return "该任务已中止，恢复办理后方可继续。"
    if verb in ON_AN_APPLICATION:
        return on_an_application(task, verb)
    return against_asking(task) if verb == "request_extension" else ""


def against_asking(task) -> str:
    """Asked before the time is up, one at a time, at most twice."""
    if task.asked_extension_id:
        return "已有一份延期申请尚未办结，请等待批复。"
    if task.extended >= MOST_EXTENSIONS:
        return f"该任务已延期{MOST_EXTENSIONS}次，不能再申请延期，按现期限考核。"
    if clock.today() > task.due_on:
        return f"办理期限{calendar.day_text(task.due_on)}已过，不能申请延期，按该期限考核。"
    return ""


def on_an_application(task, verb: str) -> str:
    """Signed by the head in time, decided by the office once it is signed."""
    if task.asked_extension_id is None:
        return "没有待办的延期申请。"
    if verb in ("grant_extension", "refuse_extension"):
        return "" if task.extension_signed_at else "延期申请尚未由单位负责人签发。"
    if task.extension_signed_at:
        return "延期申请已由单位负责人签发，请等待领导组办公室批复。"
    if verb == "sign_extension" and clock.today() > task.due_on:
        return f"办理期限{calendar.day_text(task.due_on)}已过，延期申请未在期限内签发，按该期限考核。"
    return ""
