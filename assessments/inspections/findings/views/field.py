"""The field page (现场登记): a finding with photos from a phone on a bad line.

The form and the photos wait in the browser and are sent when the line returns (static/js/field.js); what is sent twice is one
finding, by its key. Without JavaScript it is an ordinary form.
"""

from pathlib import Path

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from assessments.inspections.findings import access, actions
from assessments.inspections.findings.field import FieldForm, PhotosForm
from assessments.inspections.models import Evidence, Inspection
from assessments.inspections.planning.views import the_inspection
from sanwei.core.attachments.actions import attach_all
from sanwei.core.doors import allow, for_roles
from sanwei.core.idempotency.once import once
from sanwei.core.roles import Role

FILERS = (Role.INSPECTOR, Role.OFFICE_HEAD)
BY_ITSELF = "X-Field"
WORKER = Path(settings.BASE_DIR) / "static" / "js" / "field-worker.js"


@for_roles(*FILERS)
def choose(request):
    """The inspections under way in whose team this person is; straight on where there is one."""
    inspections = Inspection.objects.visible_to(request.user).to_fill(request.user).order_by("ends_on", "pk")
    if len(inspections) == 1:
        return redirect("findings:field_form", inspections[0].pk)
    return render(request, "assessments/inspections/findings/choose.html", {"inspections": inspections})


@for_roles(*FILERS)
@once
def field_form(request, inspection):
    inspection = the_inspection(request, inspection)
    form = FieldForm(request.POST or None, inspection=inspection, by=request.user)
    photos = PhotosForm(request.POST or None, request.FILES or None)
    if form.is_valid() and photos.is_valid():
        return filed(request, inspection, form, photos)
    if form.is_bound and request.headers.get(BY_ITSELF):
        faults = {**form.errors.get_json_data(), **photos.errors.get_json_data()}
        messages = {name: [error["message"] for error in errors] for name, errors in faults.items()}
        return JsonResponse({"errors": messages}, status=422)
    page = {"form": form, "photos": photos, "inspection": inspection}
    template = "assessments/inspections/findings/field.html"
    return render(request, template, page, status=422 if form.is_bound else 200)


def filed(request, inspection, form, photos):
    """The finding with what photos came along; a page goes to the finding, the queue is told its key."""
    finding = actions.file(
        inspection=inspection,
        by=request.user,
        sent_key=request.POST.get("sent_key", "")[:36] or None,
        **form.cleaned_data,
    )
    if request.headers.get(BY_ITSELF):
        return JsonResponse({"pk": finding.pk, "number": finding.number, "url": finding.get_absolute_url()})
    attach_all(finding.evidence, photos.cleaned_data["photos"], request.user)
    return redirect(finding)


@for_roles(*FILERS)
@require_POST
def photo(request, pk):
    """One photo of the queue into the folder of evidence; the same one again changes nothing."""
    folder = get_object_or_404(
        Evidence.objects.visible_to(request.user).select_related("finding"), finding=pk
    )
    allow(access.can_attach_evidence(request.user, folder.finding))
    form = PhotosForm(request.POST, request.FILES)
    outcome = attach_all(folder, form.cleaned_data["photos"] if form.is_valid() else [], request.user)
    if outcome.refused or not outcome.kept:
        message = "；".join(outcome.refused) or "没有收到照片，请重新选择。"
        return JsonResponse({"message": message}, status=422)
    return JsonResponse({"kept": [paper.name for paper in outcome.kept]})


@for_roles(*FILERS)
@require_GET
def ready(request):
    """Whether somebody is signed in, who, and the token that what is sent must carry."""
    return JsonResponse({"user": request.user.pk, "token": get_token(request)})


@for_roles(*FILERS)
@require_GET
def worker(request):
    """The service worker, served from the field page's own folder since that is how far it may reach."""
    return HttpResponse(WORKER.read_text(encoding="utf-8"), content_type="text/javascript; charset=utf-8")
