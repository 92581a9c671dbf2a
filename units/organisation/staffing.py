"""Appointing somebody by user name: the account is made with the first post."""

from django.db import transaction

from sanwei.core.accounts.actions import create_account
from sanwei.core.accounts.models import User
from units.organisation.actions import appoint


def appoint_by_name(*, unit, username, name, role, starts_on, by, department=None):
    """Appoint the account `username`, made first if there is none. Returns the post and the issued password or "".

    Side effects: those of create_account() and appoint(), in one transaction.
    """
    with transaction.atomic():
        user, password = User.objects.filter(username=username).first(), ""
        if user is None:
            user, password = create_account(username=username, name=name, by=by)
        post = appoint(user=user, role=role, unit=unit, department=department, starts_on=starts_on, by=by)
    return post, password
