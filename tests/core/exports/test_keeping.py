"""Who may take a written file, until when, and what is cleared away."""

import os

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sanwei.core.audit.models import Entry
from sanwei.core.exports import storage
from sanwei.core.exports.actions import sweep
from sanwei.core.exports.models import Export
from sanwei.core.exports.writing import write_next
from tests import make
from tests.cast import beijing
from tests.core.exports.sheets import PLANS, UNITS, asked, browser, downloaded
from units.organisation.models import Post

NOON = beijing(2026, 3, 5, 12, 0)
WEEK = 7 * 24 * 3600


@pytest.fixture
def time():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def ready(cast, time):
    """The office's list of plans, written."""
    export = asked(cast.officer, PLANS)
    write_next()
    export.refresh_from_db()
    return export


def test_the_file_is_handed_over_guarded_and_recorded(cast, ready):
    answer = downloaded(cast.officer, ready)

    assert answer.status_code == 200
    assert answer["Content-Type"].endswith("spreadsheetml.sheet")
    assert (answer["Cache-Control"], answer["X-Content-Type-Options"]) == ("no-store", "nosniff")
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''2026%E5%B9%B4")
    assert Entry.objects.get(verb="download_export").detail == {"rows": 2}


def test_behind_a_proxy_the_proxy_hands_it_over(cast, ready, settings):
    settings.SANWEI_ACCEL = "/protected/"

    answer = browser(cast.officer).get(f"/exports/{ready.pk}/download/")

    assert answer["X-Accel-Redirect"] == f"/protected/exports/{ready.stored_name}"


@pytest.mark.parametrize("who", ["office_head", "clerk", "stranger", "leader"])
def test_an_export_of_somebody_else_is_as_if_it_never_was(cast, ready, who):
    client = browser(getattr(cast, who))

    pages = [client.get(f"/exports/{pk}/{end}") for pk in (ready.pk, 987654) for end in ("", "download/")]
    assert [page.status_code for page in pages] == [404] * 4


def test_who_lost_the_post_after_the_writing_does_not_get_the_file(cast, ready):
    Post.objects.filter(user=cast.officer).update(ends_on="2020-12-31")
    answer = downloaded(cast.officer, ready)

    assert answer.status_code == 403
    assert "您的岗位在文件生成后有变动" in answer.content.decode()
    assert "download/" not in browser(cast.officer).get(f"/exports/{ready.pk}/").content.decode()


def test_a_post_of_the_same_name_in_another_unit_is_another_post(cast, time):
    here, there = make.department(cast.unit, "办公室"), make.department(cast.other_unit, "办公室")
    cast.clerk.posts.update(department=here)
    export = asked(cast.clerk, UNITS)
    write_next()
    before = downloaded(cast.clerk, export).status_code
    cast.clerk.posts.update(unit=cast.other_unit, department=there)

    assert (before, downloaded(cast.clerk, export).status_code) == (200, 403)


def test_of_one_person_only_the_latest_files_are_kept(cast, time, settings):
    settings.SANWEI_EXPORTS_KEPT = 2
    other = asked(cast.office_head, PLANS)
    write_next()
    mine = []
    for _ in range(3):
        time.shift(60)
        mine.append(asked(cast.officer, PLANS))
        write_next()

    kept = Export.objects.kept().order_by("pk")
    assert [export.pk for export in kept] == [other.pk, mine[1].pk, mine[2].pk]
    assert {path.name for path in storage.root().glob("*") if path.is_file()} == {
        export.stored_name for export in kept
    }
    assert "超出保留个数" in browser(cast.officer).get(f"/exports/{mine[0].pk}/").content.decode()


def test_before_it_is_written_there_is_nothing_to_download(cast, time):
    assert downloaded(cast.officer, asked(cast.officer, PLANS)).status_code == 404


def test_after_a_week_the_file_is_gone_and_the_reason_stays(cast, ready, time):
    time.shift(WEEK - 1)
    assert (sweep(), downloaded(cast.officer, ready).status_code) == ([], 200)
    time.shift(1)
    assert downloaded(cast.officer, ready).status_code == 404

    sweep()
    sweep()

    ready.refresh_from_db()
    assert (ready.state, [*storage.root().glob("*.*")]) == ("expired", [])
    assert not (storage.root() / ready.stored_name).exists()
    assert Entry.objects.filter(verb="expire_export").count() == 1
    assert "文件已过保留期" in browser(cast.officer).get(f"/exports/{ready.pk}/").content.decode()


def test_what_a_killed_worker_left_is_cleared_after_a_day_and_nothing_else(cast, ready):
    old, fresh = storage.unfinished(), storage.unfinished()
    for path, age in ((old, 25), (fresh, 1), (storage.root() / ready.stored_name, 25)):
        path.touch()
        moment = NOON.timestamp() - age * 3600
        os.utime(path, (moment, moment))

    assert sweep() == [old]
    assert (old.exists(), fresh.exists(), (storage.root() / ready.stored_name).exists()) == (
        False,
        True,
        True,
    )


def test_a_file_that_is_gone_says_what_to_do(cast, ready):
    storage.discard(ready.stored_name)
    answer = downloaded(cast.officer, ready)

    assert answer.status_code == 409
    assert "该导出文件已不在服务器上。请重新导出。" in answer.content.decode()


def test_a_backup_leaves_the_written_files_out(settings):
    assert "--exclude=./exports" in (settings.BASE_DIR / "deploy" / "backup.sh").read_text()


def test_the_page_of_an_export_asks_the_database_as_often_for_few_rows_as_for_many(cast, time, client):
    client.force_login(cast.officer)
    few = asked(cast.officer, PLANS)
    make.unit("市审计局")
    many = asked(cast.officer)

    def queries(export):
        client.get(f"/exports/{export.pk}/")
        with CaptureQueriesContext(connection) as captured:
            client.get(f"/exports/{export.pk}/")
        return len(captured)

    assert queries(few) == queries(many) <= 12
