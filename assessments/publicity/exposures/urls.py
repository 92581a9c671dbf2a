"""Addresses of the exposures; a verb's address is the verb."""

from django.urls import path

from assessments.publicity.exposures.views import pages, verbs

app_name = "exposures"
urlpatterns = [
    path("", pages.list, name="list"),
    path("export/", pages.export, name="export"),
    path("register/", pages.register, name="register"),
    path("<int:pk>/", pages.detail, name="detail"),
    path("<int:pk>/print/", pages.printed, name="print"),
    path("<int:pk>/papers/", pages.upload, name="upload"),
    path("<int:pk>/papers/<uuid:paper>/remove/", pages.take_out, name="take_out"),
    path("<int:pk>/edit/", verbs.edit, name="edit"),
    path("<int:pk>/explain/", verbs.explain, name="explain"),
    path("<int:pk>/verify/", verbs.verify, name="verify"),
    path("<int:pk>/disprove/", verbs.disprove, name="disprove"),
    path("<int:pk>/reconsider/", verbs.reconsider, name="reconsider"),
    path("<int:pk>/open_task/", verbs.open_task, name="open_task"),
    path("<int:pk>/link_finding/", verbs.link_finding, name="link_finding"),
    path("<int:pk>/reply/", verbs.reply, name="reply"),
    path("<int:pk>/propose/", verbs.propose, name="propose"),
    path("<int:pk>/refuse/", verbs.refuse, name="refuse"),
    path("<int:pk>/publish/", verbs.publish, name="publish"),
    path("<int:pk>/withdraw/", verbs.withdraw, name="withdraw"),
    path("<int:pk>/cancel/", verbs.cancel, name="cancel"),
]
