"""Addresses of the findings; a verb's address is the verb."""

from django.urls import path

from assessments.inspections.findings.views import field, importing, pages, verbs

app_name = "findings"
urlpatterns = [
    path("", pages.list, name="list"),
    path("export/", pages.export, name="export"),
    path("by_class/", pages.by_class, name="by_class"),
    path("file/<int:inspection>/", verbs.file, name="file"),
    path("import/<int:inspection>/", importing.import_findings, name="import_findings"),
    path("import/<int:inspection>/form/", importing.import_form, name="import_form"),
    path("field/", field.choose, name="field"),
    path("field/ready/", field.ready, name="field_ready"),
    path("field/worker.js", field.worker, name="field_worker"),
    path("field/<int:inspection>/", field.field_form, name="field_form"),
    path("field/photo/<int:pk>/", field.photo, name="field_photo"),
    path("<int:pk>/", pages.detail, name="detail"),
    path("<int:pk>/print/", pages.printed, name="print"),
    path("<int:pk>/papers/", pages.upload, name="upload"),
    path("<int:pk>/papers/<uuid:paper>/remove/", pages.take_out, name="take_out"),
    path("<int:pk>/evidence/", pages.upload_evidence, name="upload_evidence"),
    path("<int:pk>/amend/", verbs.amend, name="amend"),
    path("<int:pk>/notify/", verbs.notify, name="notify"),
    path("<int:pk>/withdraw/", verbs.withdraw, name="withdraw"),
    path("<int:pk>/accept/", verbs.accept, name="accept"),
    path("<int:pk>/object/", verbs.object, name="object"),
    path("<int:pk>/uphold/", verbs.uphold, name="uphold"),
    path("<int:pk>/dismiss/", verbs.dismiss, name="dismiss"),
    path("<int:pk>/open_task/", verbs.open_task, name="open_task"),
    path("<int:pk>/settle/", verbs.settle, name="settle"),
    path("<int:pk>/look_back/", verbs.look_back, name="look_back"),
]
