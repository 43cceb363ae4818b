"""The Celery application. Jobs live in each app's ``jobs.py``: a *task* here is work in a plan."""

import gc
import os

from celery import Celery
from celery.signals import setup_logging, worker_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tpm.settings")
app = Celery("tpm")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(
    ["tpm", "tpm.imports", "tpm.downloads", "tpm.collaboration", "programs", "projects", "budgets", "risks"],
    related_name="jobs",
)


@setup_logging.connect
def _keep_our_logging(**_: object) -> None:
    """Leave logging as the settings made it."""


@worker_init.connect
def _load_kernels(**_: object) -> None:
    """Load the compiled kernels before the pool forks, so that no plan waits for them."""
    from projects.engine import warm

    warm.warm()
    gc.collect()
    gc.freeze()  # the forked children share these pages: collecting garbage no longer writes to them
