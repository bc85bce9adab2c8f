"""How gunicorn serves the dashboard; what is set here, the command line may override."""

import os
import threading
import time
from pathlib import Path

from gunicorn.arbiter import Arbiter
from gunicorn.workers.base import Worker

# One thread of linear algebra for each request: the requests themselves run side by side, and a
# forked worker must not inherit a thread pool. Read once by numpy, hence before it is loaded.
for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")

bind = f"0.0.0.0:{os.environ.get('PORT', '8050')}"

workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
worker_class = "gthread"
threads = int(os.environ.get("WEB_THREADS", "8"))
preload_app = True  # the libraries are in memory once, not once for each worker

timeout = 60
graceful_timeout = 25  # platforms kill what is still alive after 30 seconds
keepalive = 5
max_requests = 2000
max_requests_jitter = 200

accesslog = None
control_socket_disable = True  # no socket in the home directory
if Path("/dev/shm").is_dir():
    worker_tmp_dir = "/dev/shm"  # heartbeats must not wait for a disk

UNDISTURBED = 10  # seconds in which the first figures are drawn


def post_worker_init(worker: Worker) -> None:
    """Load beside the first requests what they do not need; nothing later is to wait for it."""
    threading.Thread(target=_load, args=(worker,), name="load", daemon=True).start()


def _load(worker: Worker) -> None:
    from app import loading

    late = not loading.of(worker.wsgi).finished
    try:
        loading.of(worker.wsgi).finish()
    except BaseException:
        worker.log.exception("What the page needs could not be loaded.")
        os._exit(Arbiter.WORKER_BOOT_ERROR)  # ends the server, as it would have before the fork

    from analytics.engine import warm

    warm()
    if late:
        time.sleep(UNDISTURBED)
        _hire()


def when_ready(arbiter: Arbiter) -> None:
    """Bring a worker along for long jobs; it ends with this process, the workers' parent.

    It loads much, and the first page is not to wait for that: where the libraries are not here
    yet, it comes after the first figures, or with the first long job.
    """
    from app import loading
    from app.jobs import start

    start.serve_for(os.getpid())
    if loading.of(arbiter.app.wsgi()).finished:
        _hire()


def _hire() -> None:
    from app.jobs import start
    from app.settings import Settings

    start.ensure(Settings.from_environ())


def on_exit(_: object) -> None:
    """Take the worker along."""
    from app.jobs import start

    start.stop()
