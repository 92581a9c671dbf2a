"""@once: the same POST sent twice is done once and answered the same."""

import functools
import hashlib
import json

from django.db import IntegrityError, transaction
from django.shortcuts import redirect

from sanwei.core import clock
from sanwei.core.idempotency.models import Reply
from sanwei.core.refusals import Refused

FIELD = "_once"


def once(view):
    """Wrap a view that answers a POST with a redirect.

    The key comes from the hidden field `_once` ({{ once() }} in the form). Key, effect and answer are written in
    one transaction; a second request with the key waits for the first and gets its answer. The same key with
    other content is refused. A POST without a key, or an answer that is no redirect, is passed through.
    """

    @functools.wraps(view)
    def wrapped(request, *args, **kwargs):
        key = request.POST.get(FIELD, "")[:64]
        if request.method != "POST" or not key.isalnum():
            return view(request, *args, **kwargs)
        content = fingerprint(request)
        try:
            with transaction.atomic():
                reply = Reply.objects.create(actor=request.user, key=key, content=content, at=clock.now())
                response = view(request, *args, **kwargs)
                if response.status_code not in (301, 302, 303):
                    transaction.set_rollback(True)
                    return response
                reply.location = response["Location"]
                reply.save(update_fields=["location"])
                return response
        except IntegrityError:
            reply = Reply.objects.filter(actor=request.user, key=key).first()
            if reply is None:  # the breach was the view's own, not of the key
                raise
        if reply.content != content:
            raise Refused("此表单已经提交过，内容与前次不同。请重新打开页面后再提交。")
        return redirect(reply.location)

    return wrapped


def fingerprint(request) -> str:
    """SHA-256 of the address with its filter, fields and the names and sizes of files."""
    fields = sorted(
        (name, request.POST.getlist(name)) for name in request.POST if name != "csrfmiddlewaretoken"
    )
    files = sorted((name, file.name, file.size) for name, file in request.FILES.items())
    return hashlib.sha256(json.dumps([request.get_full_path(), fields, files]).encode()).hexdigest()
