"""Who signs in and who a session belongs to."""

from django.contrib.auth.backends import ModelBackend
from django.db import DEFAULT_DB_ALIAS

from sanwei.core.accounts.models import User
from sanwei.core.questions import Question

COLUMNS = tuple(field.attname for field in User._meta.concrete_fields)
ACCOUNT = Question(lambda pk: User.objects.filter(pk=pk).values_list(*COLUMNS), pk=int)


class AccountBackend(ModelBackend):
    """Django's own, but for how an account is read on each request."""

    def get_user(self, user_id) -> User | None:
        """The account, if it may sign in."""
        for row in ACCOUNT(pk=user_id):
            user = User.from_db(DEFAULT_DB_ALIAS, COLUMNS, row)
            return user if self.user_can_authenticate(user) else None
        return None
