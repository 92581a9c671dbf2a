"""Papers of a plan (附件): put in and taken out while the plan is being drafted."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from sanwei.core.attachments.actions import remove
from sanwei.core.attachments.models import Attachment
from sanwei.core.attachments.uploads import hand_in
from sanwei.core.doors import allow, signed_in
from units.plans import access, drafting
from units.plans.views.fetch import the_plan


@signed_in
@require_POST
def upload(request, pk):
    """Several files at once; the good ones are kept, each refused one says why."""
    plan = the_plan(request, pk)
    allow(access.can_edit(request.user, plan))
    drafting.require_draft(plan)
    hand_in(request, plan, drafting.lock_draft)
    return redirect(f"{plan.get_absolute_url()}#papers")


@signed_in
@require_POST
def take_out(request, pk, paper):
    plan = the_plan(request, pk)
    allow(access.can_edit(request.user, plan))
    drafting.require_draft(plan)
    remove(get_object_or_404(Attachment.objects.of(plan), pk=paper), request.user, drafting.lock_draft)
    messages.success(request, "附件已移除。")
    return redirect(f"{plan.get_absolute_url()}#papers")
