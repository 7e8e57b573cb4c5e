"""What a WSGI server loads: gunicorn config.wsgi."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = get_wsgi_application()
# Every page is loaded before workers are forked, so that they share it and no first visitor waits for it.
get_resolver().url_patterns  # noqa: B018  # looking at it loads it

# What is loaded by now lives as long as the process: the collector need not walk it again at every request.
gc.collect()
gc.freeze()
