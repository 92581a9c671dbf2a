"""The record as Excel."""

from sanwei.core.audit import choosing
from sanwei.core.doors import allow
from sanwei.core.exchange import Listing
from sanwei.core.roles import Role, roles_of

HEADS = ("时间", "办理人", "岗位", "动作", "对象", "来源地址", "请求编号")


def entries(user, asked) -> Listing:
    """审计记录, for the auditor alone, also when it is written later. Raises PermissionDenied."""
    allow(Role.AUDIT_ADMIN in roles_of(user))
    return Listing("审计记录", HEADS, choosing.entries(asked)[1].order_by("-pk"), row)


def row(number, entry) -> tuple:
    return (
        entry.at,
        entry.actor_name or "系统",
        entry.actor_posts,
        entry.label,
        entry.object_label,
        entry.address,
        entry.request_id,
    )
