"""The roles a person may hold. Which person holds which is known by the posts, above."""

from django.conf import settings
from django.db import models
from django.utils.module_loading import import_string


class Role(models.TextChoices):
    """product.md, "What people come for"; dossier 1.10."""

    UNIT_CLERK = "unit_clerk", "单位填报员"
    UNIT_HEAD = "unit_head", "单位负责人"
    DEPARTMENT_LEAD = "department_lead", "科室负责人"
    OFFICE_HEAD = "office_head", "领导组办公室主任"
    OFFICE = "office", "领导组办公室工作人员"
    LEADER = "leader", "领导组成员"
    INSPECTOR = "inspector", "督查员"
    COMPLAINT_OFFICER = "complaint_officer", "受理员"
    JUDGE = "judge", "评委"
    DISCIPLINE = "discipline", "纪检员"
    PRESS = "press", "媒体联络员"
    SYSTEM_ADMIN = "system_admin", "系统管理员"
    SECURITY_ADMIN = "security_admin", "安全管理员"
    AUDIT_ADMIN = "audit_admin", "安全审计员"


UNIT_ROLES = frozenset({Role.UNIT_CLERK, Role.UNIT_HEAD, Role.DEPARTMENT_LEAD})
OFFICE_ROLES = frozenset({Role.OFFICE_HEAD, Role.OFFICE})
SUPERVISORS = OFFICE_ROLES | {Role.LEADER, Role.INSPECTOR}  # those who look at all units
KEEPER_ROLES = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN})


def conflict(roles) -> str:
    """Why one person may not hold all of `roles`, in Chinese, or nothing (三员分立, dossier 9.1)."""
    held = frozenset(roles)
    if len(held & KEEPER_ROLES) > 1:
        return "系统管理员、安全管理员、安全审计员须由三人分别担任，不得兼任。"
    if held & KEEPER_ROLES and held - KEEPER_ROLES:
        return "系统管理员、安全管理员、安全审计员不得兼任业务岗位。请由他人担任，或先免去原岗位。"
    return ""


def roles_of(user) -> frozenset[str]:
    """The roles `user` holds today; asked of settings.SANWEI_ROLES_OF, since the ground knows no posts."""
    return import_string(settings.SANWEI_ROLES_OF)(user)


def posts_key(user) -> str:
    """The posts `user` holds today, by the keys of their places, for comparing (settings.SANWEI_POSTS_KEY)."""
    return import_string(settings.SANWEI_POSTS_KEY)(user)


def posts_label(user) -> str:
    """The posts `user` holds today, in words, for the record (settings.SANWEI_POSTS_LABEL)."""
    return import_string(settings.SANWEI_POSTS_LABEL)(user)
