"""How gunicorn serves the dashboard; what is set here, the command line may override."""

import os
import threading
from pathlib import Path

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


def post_worker_init(_: object) -> None:
    """Load the numeric kernels beside the first requests, so that no sweep waits for them."""
    from analytics.engine import warm

    threading.Thread(target=warm, name="warm", daemon=True).start()


def when_ready(_: object) -> None:
    """Bring a worker along for long jobs; it ends with this process, the workers' parent."""
    from app.jobs import start
    from app.settings import Settings

    start.serve_for(os.getpid())
    start.ensure(Settings.from_environ())


def on_exit(_: object) -> None:
    """Take the worker along."""
    from app.jobs import start

    start.stop()
