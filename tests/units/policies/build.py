"""A document of the library in one line."""

from units.policies.actions import create
from units.policies.models import Policy


def policy(number="直创字[2005]2号", title="关于年度创建活动的实施意见", by=None, **content) -> Policy:
    defaults = {"kind": "opinion", "issuers": ["市直创建“三型机关”领导组"]}
    return create(by=by, number_printed=number, title=title, **{**defaults, **content})
