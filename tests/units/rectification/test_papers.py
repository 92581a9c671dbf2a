"""The papers of a task: notice, sheets with their stub, and what those who assist have to say."""

import pytest

from tests import make
from tests.units.rectification.test_pages import LIST, frozen, full, signed_in, text_of

__all__ = ["frozen"]  # the same day as the pages


@pytest.mark.parametrize("form", ["", "?form=pdf", "?form=docx"])
def test_notice_and_sheet_are_papers(cast, client, form):
    task = full(cast)
    signed_in(client, cast.clerk)
    sheet = task.urgings.get()
    for path in (f"{LIST}{task.pk}/print/{form}", f"{LIST}{task.pk}/sheets/{sheet.pk}/{form}"):
        answer = client.get(path)
        assert answer.status_code == 200
        if not form:
            assert task.number in text_of(answer)


def test_a_sheet_is_signed_for_on_its_page(cast, client):
    task = full(cast)
    sheet = task.urgings.get()
    path = f"{LIST}{task.pk}/sheets/{sheet.pk}/"
    signed_in(client, cast.clerk)
    assert f'action="{path}sign/"' in text_of(client.get(path))

    answer = client.post(f"{path}sign/", follow=True)

    assert "已签收蓝色督办单 蓝督〔2026〕1号。" in text_of(answer)
    assert "李芳" in text_of(client.get(path))
    assert f'action="{path}sign/"' not in text_of(client.get(path))


def test_a_sheet_of_another_task_is_not_found_here(cast, client):
    task, other = full(cast), make.task(cast.campaign, cast.unit, cast.officer)
    signed_in(client, cast.clerk)

    assert client.get(f"{LIST}{other.pk}/sheets/{task.urgings.get().pk}/").status_code == 404
    assert client.get(f"{LIST}{other.pk}/assistance/{task.assistance.get().pk}/").status_code == 404


def test_an_opinion_is_given_by_those_who_assist_only(cast, client):
    task = full(cast)
    path = f"{LIST}{task.pk}/assistance/{task.assistance.get().pk}/"
    assert signed_in(client, cast.clerk).post(path, {"opinion": "意见"}).status_code == 403
    assert signed_in(client, cast.stranger).post(path, {"opinion": ""}).status_code == 422
    assert signed_in(client, cast.stranger).post(path, {"opinion": "可共用叫号系统"}).status_code == 302

    assert task.assistance.get().opinion == "可共用叫号系统"
