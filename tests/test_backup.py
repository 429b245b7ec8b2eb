"""Backups are proved by restoring them."""

import json
import stat
import subprocess
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.harness.cluster import Cluster
from tests.harness.site import Site

pytestmark = pytest.mark.apart

NONE = "no such command"
FILL = """
from django.utils import timezone
from creativecities.core.models import Mail, Generation
Mail.objects.bulk_create([Mail(kind="k", key=str(n), to_address="a@example.org", subject="Łódź") for n in range(300)])
Generation.objects.create(pk=1, number=41)
"""


def manage(site: Site, *arguments: str) -> "subprocess.CompletedProcess[str]":
    return site.manage(*arguments, REFERENCE_DATA_COMMAND=NONE)


def ask(site: Site, what: str) -> str:
    code = f"from creativecities.core.models import Generation, Mail; print({what})"
    return manage(site, "shell", "--no-imports", "--command", code).stdout.strip()


def manifest(archive: Path) -> dict[str, object]:
    with tarfile.open(archive) as opened:
        found = opened.extractfile("manifest.json")
        assert found is not None
        return dict(json.load(found))


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site on SQLite with nothing in it."""
    site = Site(tmp_path_factory.mktemp("empty"))
    assert manage(site, "migrate", "--verbosity", "0").returncode == 0
    return site


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def sites(
    request: pytest.FixtureRequest, empty: Site, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Site, Site]]:
    """A site with something in it, and an empty one on the same kind of database."""
    folders = [tmp_path_factory.mktemp(name) for name in ("old", "new")]
    cluster = Cluster() if request.param == "postgresql" else None
    if cluster is None:
        old, new = (empty.moved_to(folder) for folder in folders)
    else:
        old, new = (Site(folder, database_url=cluster.url_of(folder.name)) for folder in folders)
        cluster.create(folders[0].name)
        assert manage(old, "migrate", "--verbosity", "0").returncode == 0
        cluster.create(folders[1].name, like=folders[0].name)
    assert manage(old, "shell", "--command", FILL).returncode == 0
    picture = old.folder / "files" / "ab" / "picture"
    picture.parent.mkdir(parents=True)
    picture.write_bytes(bytes(range(256)) * 40)
    yield old, new
    if cluster is not None:
        cluster.remove()


@pytest.fixture(scope="module")
def archive(sites: tuple[Site, Site]) -> Path:
    path = sites[0].folder / "backup.tar.gz"
    done = manage(sites[0], "backup", "--to", str(path))
    assert done.returncode == 0, done.stderr
    assert "1 files" in done.stdout
    return path


def test_what_is_restored_is_what_was_saved(sites: tuple[Site, Site], archive: Path, tmp_path: Path):
    _old, new = sites
    done = manage(new, "restore", str(archive))
    assert done.returncode == 0, done.stderr
    assert manage(new, "backup", "--to", str(tmp_path / "again.tar.gz")).returncode == 0
    before, after = manifest(archive), manifest(tmp_path / "again.tar.gz")
    assert before["rows"] == after["rows"]
    assert before["rows"]["core_mail"] == 300  # type: ignore[index]
    assert before["migrations"] == after["migrations"]
    assert (new.folder / "files/ab/picture").read_bytes() == bytes(range(256)) * 40
    assert ask(new, "Generation.objects.get().number, Mail.objects.first().subject") == "42 Łódź"

    refused = manage(new, "restore", str(archive))
    assert (refused.returncode, "not empty" in refused.stderr) == (1, True)
    assert manage(new, "restore", str(archive), "--force").returncode == 0


LATER = """
from django.db import connection
with connection.cursor() as cursor:
    key = connection.introspection.get_primary_key_column(cursor, "core_mail")
    cursor.execute(f"CREATE TABLE later (id integer PRIMARY KEY, mail_id bigint REFERENCES core_mail ({key}))")
    cursor.execute(f"INSERT INTO later SELECT 1, min({key}) FROM core_mail")
"""


def test_a_backup_is_restored_over_a_newer_database(sites: tuple[Site, Site], archive: Path, tmp_path: Path):
    """A later version has a table that points to one of the archive's. Afterwards the site is as it was before."""
    old, _new = sites
    assert manage(old, "shell", "--command", LATER).returncode == 0
    done = manage(old, "restore", str(archive), "--force")
    assert done.returncode == 0, done.stderr
    assert manage(old, "backup", "--to", str(tmp_path / "again.tar.gz")).returncode == 0
    assert manifest(tmp_path / "again.tar.gz")["rows"] == manifest(archive)["rows"]


JOINS = """
from django.contrib.sessions.backends.db import SessionStore
from creativecities.accounts.models import Person
Person.objects.create(email="ana@example.org", name="Ana Novak")
SessionStore().create()
"""
LEAVES = """
from creativecities.accounts import actions
from creativecities.accounts.models import Person
ana = Person.objects.get()
actions.erase(ana, by=ana)
"""
LOOK = """
from django.contrib.sessions.models import Session
from creativecities.accounts.models import Person
print(*Person.objects.values_list("name", "email"), Session.objects.count())
"""


def test_who_left_since_the_backup_stays_forgotten_and_nobody_stays_signed_in(empty: Site, tmp_path: Path):
    """Also where the database that knew it is lost: it stands in a ledger beside."""
    site, archive = empty.moved_to(tmp_path), tmp_path / "backup.tar.gz"
    assert manage(site, "shell", "--command", JOINS).returncode == 0
    assert manage(site, "backup", "--to", str(archive)).returncode == 0
    assert manage(site, "shell", "--command", LEAVES).returncode == 0
    for lost in ("forgotten", "site.sqlite3"):
        (tmp_path / lost).unlink()
        done = manage(site, "restore", str(archive), "--force")
        assert done.returncode == 0, done.stderr
        assert "forgotten since: 1." in done.stdout
        look = manage(site, "shell", "--no-imports", "--command", LOOK)
        assert look.stdout.strip() == "('(erased)', 'erased-1@erased.invalid') 0"


def test_nobody_else_on_the_machine_can_read_a_backup(sites: tuple[Site, Site], tmp_path: Path):
    target = tmp_path / "private.tar.gz"
    left_over = tmp_path / "private.tar.gz.part"
    left_over.touch(mode=0o666)
    assert manage(sites[0], "backup", "--to", str(target)).returncode == 0
    assert stat.S_IMODE(target.stat().st_mode) == 0o600


@pytest.fixture
def damaged(archive: Path, tmp_path: Path) -> Path:
    """The same archive with another picture in it."""
    folder, path = tmp_path / "taken-apart", tmp_path / "damaged.tar.gz"
    with tarfile.open(archive) as opened:
        opened.extractall(folder, filter="data")
    (folder / "files/ab/picture").write_bytes(b"another")
    with tarfile.open(path, "w:gz") as out:
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                out.add(file, arcname=file.relative_to(folder).as_posix())
    return path


def test_a_damaged_or_foreign_file_is_refused_before_anything_is_touched(
    sites: tuple[Site, Site], damaged: Path, tmp_path: Path
):
    old, _new = sites
    text = tmp_path / "text.tar.gz"
    text.write_text("no archive", encoding="ascii")
    for path, said in ((damaged, "damaged"), (text, "no backup"), (tmp_path / "missing", "no file")):
        done = manage(old, "restore", str(path), "--force")
        assert (done.returncode, said in done.stderr) == (1, True), done.stderr
        assert "Traceback" not in done.stderr
    count = manage(
        old,
        "shell",
        "--no-imports",
        "--command",
        "from creativecities.core.models import Mail; print(Mail.objects.count())",
    )
    assert count.stdout.strip() == "300"


def test_a_backup_of_another_kind_or_of_a_newer_version_is_refused(
    sites: tuple[Site, Site], archive: Path, tmp_path: Path
):
    old, _new = sites
    kind = str(manifest(archive)["database"])
    other = "postgresql" if kind == "sqlite" else "sqlite"
    for change, said in (
        ({"database": other}, f"backup is of {other}"),
        ({"migrations": ["core.9999_later"]}, "newer"),
    ):
        path = tmp_path / "changed.tar.gz"
        _rewrite(archive, path, change)
        done = manage(old, "restore", str(path), "--force")
        assert (done.returncode, said in done.stderr) == (1, True), done.stderr


def _rewrite(source: Path, target: Path, change: dict[str, object]) -> None:
    facts = json.dumps({**manifest(source), **change}).encode()
    manifest_file = target.with_suffix(".json")
    manifest_file.write_bytes(facts)
    with tarfile.open(source) as opened, tarfile.open(target, "w:gz") as out:
        for member in opened.getmembers():
            if member.name == "manifest.json":
                out.add(manifest_file, arcname="manifest.json")
            else:
                out.addfile(member, opened.extractfile(member))
