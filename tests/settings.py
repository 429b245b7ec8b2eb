"""The settings of tests: the real ones, on a database and a folder of their own."""

import os
import shutil
import sys

from tests.harness import folders
from tests.harness.cluster import Cluster
from tests.harness.undefined import Undefined

for _folder in folders.abandoned("tests"):
    shutil.rmtree(_folder, ignore_errors=True)
FOLDER = folders.new("tests")
_cluster: Cluster | None = None
if "--db=postgres" in sys.argv and not os.environ.get("TEST_DATABASE_URL"):
    _cluster = Cluster()
    os.environ["TEST_DATABASE_URL"] = _cluster.url  # the other processes of this run find it here

_UNSET = (
    "DEBUG DEMO PRODUCTION EMAIL_URL CACHE_URL EXPORTS_DIR FILES_DIR FILES_STORAGE LOG_FORMAT METRICS_TOKEN SITE_URL "
    "ALLOWED_HOSTS"
)
for _name in _UNSET.split():
    os.environ.pop(_name, None)
os.environ["DATA_DIR"] = str(FOLDER)
os.environ["DATABASE_URL"] = os.environ.get("TEST_DATABASE_URL") or f"sqlite:///{FOLDER / 'site.sqlite3'}"

from config.settings import *  # noqa: E402, F403
from config.settings import DATABASES, STORAGES, TEMPLATES  # noqa: E402

SECRET_KEY = "only-for-tests-and-never-anywhere-else-0123456789"
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: threads and the live server open connections of their own, as in production.
    DATABASES["default"]["TEST"] = {"NAME": str(FOLDER / "test.sqlite3")}
DATABASES["default"]["CONN_MAX_AGE"] = 0
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
PAGE_CACHE_BYTES = 0
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend", "QUEUES": ["default"]}}
STATIC_ROOT = FOLDER / "static"
STATIC_ROOT.mkdir()
TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = Undefined()
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
MEANING_ENGINE = ""  # a test that needs one names it
LOGGING = {"format": "plain", "level": "WARNING"}


def tidy() -> None:
    """Take away what this run made outside the checkout."""
    if _cluster is not None:
        _cluster.remove()
    shutil.rmtree(FOLDER, ignore_errors=True)
