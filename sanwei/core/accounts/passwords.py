"""What a password must be (等保 8.1.4.1; dossier 9.1), and issuing one."""

import re
import secrets
import string

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError

LONGEST = 128
CLASSES = (r"[a-z]", r"[A-Z]", r"\d", r"[^A-Za-z0-9]")
CLEAR = "".join(c for c in string.ascii_letters + string.digits if c not in "0Oo1lI")


class OfficePasswordValidator:
    """Length, three of four classes of characters, nothing of the account in it, none of the last ones."""

    def validate(self, password, user=None):
        faults = [*self.faults(password)]
        if user is not None and user.pk and len(password) <= LONGEST:
            faults += self.personal_faults(password, user)
        if faults:
            raise ValidationError(faults)

    def faults(self, password):
        if len(password) < settings.SANWEI_PASSWORD_LENGTH:
            yield f"密码至少{settings.SANWEI_PASSWORD_LENGTH}位，现为{len(password)}位，请加长。"
        if len(password) > LONGEST:
            yield f"密码不能超过{LONGEST}位。"
        if sum(bool(re.search(kind, password)) for kind in CLASSES) < 3:
            yield "密码须包含大写字母、小写字母、数字、符号中的至少三类。"

    def personal_faults(self, password, user):
        lower = password.lower()
        if user.username.lower() in lower or (user.phone and user.phone in lower):
            yield "密码不能包含用户名或手机号。"
        recent = user.old_passwords.all()[: settings.SANWEI_PASSWORD_HISTORY]
        if any(check_password(password, old.password) for old in recent):
            yield f"不能使用最近{settings.SANWEI_PASSWORD_HISTORY}次用过的密码，请换一个。"

    def get_help_text(self):
        return (
            f"至少{settings.SANWEI_PASSWORD_LENGTH}位，含大写字母、小写字母、数字、符号中的三类，"
            f"不含用户名和手机号，不与最近{settings.SANWEI_PASSWORD_HISTORY}次相同。"
        )


def issued() -> str:
    """A random password that can be read out over the telephone: 12 characters and a digit and a sign."""
    return "".join(secrets.choice(CLEAR) for _ in range(12)) + secrets.choice("23456789") + "-A"
