"""Names of respondents as keys: the same person is found again without any name in a query, a log or a list."""

import re
import unicodedata

from django.conf import settings
from django.utils.crypto import salted_hmac

DOTS = re.compile("[·•‧・･∙.．]")
SALT = "assessments.accountability.respondent"


def folded(name: str) -> str:
    """张　三 and 张三 are one name, and so are names with whatever dot between their parts."""
    plain = DOTS.sub("·", unicodedata.normalize("NFKC", name))
    return re.sub(r"\s+", "", plain).casefold()


def key_of(name: str) -> str:
    """HMAC-SHA256 of the folded name in hex, by the key of the record, which is never changed; empty for no name."""
    words = folded(name)
    if not words:
        return ""
    return salted_hmac(SALT, words, secret=settings.SANWEI_AUDIT_KEY, algorithm="sha256").hexdigest()
