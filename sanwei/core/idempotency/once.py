"""@once: the same POST sent twice is done once and answered the same."""

import functools
import hashlib
import json

from django.db import transaction
from django.shortcuts import redirect

from sanwei.core import clock
from sanwei.core.idempotency.models import Reply
from sanwei.core.refusals import Refused
from sanwei.core.rows import append

FIELD = "_once"


def once(view):
    """Wrap a view that answers a POST with a redirect.

    The key comes from the hidden field `_once` ({{ once() }} in the form). Effect and answer are written in one
    transaction, with the key last: of two requests with one key one commits, and the other, whether it met the key or
    was refused because all is done already, gets the first one's answer. The same key with other content is refused.
    A POST without a key, or an answer that is no redirect, is passed through.
    """

    @functools.wraps(view)
    def wrapped(request, *args, **kwargs):
        key = request.POST.get(FIELD, "")[:64]
        if request.method != "POST" or not key.isalnum():
            return view(request, *args, **kwargs)
        asked = {"actor": request.user, "key": key}
        content = fingerprint(request)
        try:
            with transaction.atomic():
                response = view(request, *args, **kwargs)
                if done := response.status_code in (301, 302, 303):
                    append(Reply(**asked, content=content, location=response["Location"], at=clock.now()))
                else:
                    transaction.set_rollback(True)
        except Exception:  # whatever it was: undone, and told unless the other request has done it
            if (earlier := Reply.objects.filter(**asked).first()) is None:
                raise
        else:
            earlier = None if done else Reply.objects.filter(**asked).first()
            if earlier is None:
                return response
        if earlier.content != content:
            raise Refused("此表单已经提交过，内容与前次不同。请重新打开页面后再提交。")
        return redirect(earlier.location)

    return wrapped


def fingerprint(request) -> str:
    """SHA-256 of the address with its filter, fields and the names and sizes of files."""
    fields = sorted(
        (name, request.POST.getlist(name)) for name in request.POST if name != "csrfmiddlewaretoken"
    )
    files = sorted((name, file.name, file.size) for name, file in request.FILES.items())
    return hashlib.sha256(json.dumps([request.get_full_path(), fields, files]).encode()).hexdigest()
