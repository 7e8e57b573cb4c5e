"""How gunicorn serves Indicia: `gunicorn -c python:config.gunicorn`. Address and number of workers come from outside.

`--bind` or PORT says where (127.0.0.1:8000 otherwise), WEB_CONCURRENCY how many workers; two for each core is a start.
"""

from pathlib import Path
from typing import Any

wsgi_app = "config.wsgi:application"
# Loaded once and then forked, so that workers share the memory of the program; config/wsgi.py keeps it from the
# collector. New code needs a new master: restart the unit, the socket holds the requests meanwhile.
preload_app = True
# Threads wait for slow clients and for the database; the work itself runs on one core for each worker.
worker_class = "gthread"
threads = 3
timeout = 60  # seconds without a sign of life after which a worker is ended; the dearest page takes two
graceful_timeout = 30  # seconds a worker has to finish what it began when it is told to stop
max_requests = 20_000
max_requests_jitter = 2_000  # so that workers are not renewed all at once
control_socket_disable = True  # it would write into HOME, and nobody speaks to it
if Path("/dev/shm").is_dir():  # noqa: S108  # nosec B108  # gunicorn makes a name of its own there
    worker_tmp_dir = "/dev/shm"  # noqa: S108  # nosec B108  # a sign of life must not wait for a disk

# No log of requests: addresses hold links to set a password, and queries hold what people searched for. A proxy that
# keeps one is told in docs/running.md what to leave out.
accesslog = None
logconfig_dict: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "config.requests.JsonLine"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "loggers": {"gunicorn.error": {"level": "INFO", "handlers": ["stderr"], "propagate": False}},
    "root": {"level": "INFO", "handlers": []},
}
