"""Who signs in and who a session belongs to."""

from django.contrib.auth.backends import ModelBackend

from sanwei.core.accounts.models import User
from sanwei.core.questions import Question

ACCOUNT = Question(lambda pk: User.objects.filter(pk=pk), pk=int)


class AccountBackend(ModelBackend):
    """Django's own, but for how an account is read on each request."""

    def get_user(self, user_id) -> User | None:
        """The account, if it may sign in."""
        for user in ACCOUNT(pk=user_id):
            return user if self.user_can_authenticate(user) else None
        return None
