"""What the scripts of deploy/ let others on the host see."""

import subprocess

import pytest
from django.conf import settings

DEPLOY = settings.BASE_DIR / "deploy"
SAYING = 'source deploy/connection.sh; printf "%s\\n%s" "$address" "${PGPASSWORD-}"'


@pytest.mark.parametrize(
    ("url", "address", "password"),
    [
        ("postgres://o:geheim@db:5432/s", "postgres://o@db:5432/s", "geheim"),
        (
            "postgres://o:p%40s%2F%5Cn%25@db/s?sslmode=require",
            "postgres://o@db/s?sslmode=require",
            "p@s/\\n%",
        ),
        ("postgres://o@db/s", "postgres://o@db/s", ""),
        ("postgres:///s?host=/run/pg", "postgres:///s?host=/run/pg", ""),
    ],
)
def test_a_password_goes_by_the_environment_and_not_by_the_command_line(url, address, password):
    said = subprocess.run(
        ["bash", "-euc", SAYING], cwd=DEPLOY.parent, env={"DATABASE_URL": url}, capture_output=True, text=True, check=True
    )  # fmt: skip

    assert said.stdout.split("\n") == [address, password]


@pytest.mark.parametrize("script", ["backup.sh", "restore.sh"])
def test_no_client_program_is_given_the_whole_address(script):
    lines = (DEPLOY / script).read_text().splitlines()

    assert [line for line in lines if "$DATABASE_URL" in line] == []
    assert "source deploy/connection.sh" in lines
