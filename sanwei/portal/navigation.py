"""The main navigation: what a person's posts give them to do, in the order of a working day."""

import dataclasses

from sanwei.core.addresses import address
from sanwei.core.roles import KEEPER_ROLES, OFFICE_ROLES, UNIT_ROLES, Role, roles_of

WATCHERS = OFFICE_ROLES | {Role.LEADER}
EVERYBODY = frozenset(Role) - KEEPER_ROLES


@dataclasses.dataclass(frozen=True)
class Item:
    label: str
    route: str
    roles: frozenset


ITEMS = (
    Item("工作台", "portal:desk", EVERYBODY),
    Item("全市总览", "portal:dashboard", WATCHERS),
    Item("创建活动", "campaigns:list", WATCHERS),
    Item("实施方案", "plans:list", UNIT_ROLES | WATCHERS | {Role.INSPECTOR}),
    Item("措施台账", "plans:measures", UNIT_ROLES | WATCHERS | {Role.INSPECTOR}),
    Item("整改任务", "rectification:list", UNIT_ROLES | WATCHERS | {Role.INSPECTOR}),
    Item(
        "整改看板",
        "rectification:board",
        frozenset({Role.UNIT_CLERK, Role.UNIT_HEAD, Role.INSPECTOR}) | WATCHERS,
    ),
    Item("考评台账", "ledger:list", WATCHERS | {Role.UNIT_CLERK, Role.UNIT_HEAD}),
    Item("督查", "inspections:list", WATCHERS | {Role.INSPECTOR}),
    Item("现场登记", "findings:field", frozenset({Role.INSPECTOR})),
    Item("督查发现问题", "findings:list", UNIT_ROLES | WATCHERS | {Role.INSPECTOR, Role.DISCIPLINE}),
    Item("责任追究", "accountability:list", frozenset({Role.DISCIPLINE, Role.OFFICE_HEAD, Role.UNIT_HEAD})),
    Item("追究统计", "accountability:numbers", frozenset({Role.DISCIPLINE, Role.OFFICE_HEAD, Role.LEADER})),
    Item(
        "媒体曝光",
        "exposures:list",
        WATCHERS | {Role.UNIT_CLERK, Role.UNIT_HEAD, Role.INSPECTOR, Role.PRESS},
    ),
    Item("典型案例", "cases:list", EVERYBODY),
    Item("通报简报", "bulletins:list", EVERYBODY),
    Item("文件库", "policies:list", EVERYBODY),
    Item("单位", "organisation:list", EVERYBODY),
    Item("工作日历", "workdays:year", frozenset(Role)),
    Item("审计记录", "audit:entries", frozenset({Role.AUDIT_ADMIN})),
    Item("未能发出的消息", "notifications:parked", frozenset({Role.SYSTEM_ADMIN})),
    Item("账号管理", "keepers:index", frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN})),
)


@dataclasses.dataclass(frozen=True)
class Link:
    label: str
    url: str
    current: bool


def navigation(request) -> list[Link]:
    """The links for the person asking."""
    if not request.user.is_authenticated:
        return []
    roles = roles_of(request.user)
    return marked(request, [(item.label, address(item.route)) for item in ITEMS if item.roles & roles])


def marked(request, found) -> list[Link]:
    """The links of these labels and addresses; the one we are under is current, the home page only when we are on it."""
    home = address("portal:home")  # every other address begins with it
    above = (
        url for _, url in found if request.path.startswith(url) and (url != home or request.path == home)
    )
    here = max(above, key=len, default="")
    return [Link(label, url, url == here) for label, url in found]


COLUMNS = (
    ("首页", "portal:home"),
    ("通报", "portal:bulletins"),
    ("方案公开", "portal:plans"),
    ("典型案例", "portal:cases"),
    ("曝光与回应", "portal:exposures"),
    ("投诉举报", "portal:complaints"),
)


def columns(request) -> list[Link]:
    """The columns of the public site, at most eight (dossier 9.5)."""
    return marked(request, [(label, address(route)) for label, route in COLUMNS])
