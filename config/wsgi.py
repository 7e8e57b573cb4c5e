"""What a WSGI server loads: gunicorn config.wsgi."""

import gc
import os

gc.disable()  # what is loaded now stays loaded: to walk it again and again takes some percent of the start

from config import late  # noqa: E402

late.put_off("sqlparse")  # formats SQL, which a server never does

from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.urls import get_resolver  # noqa: E402

from config import checks  # noqa: E402

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = get_wsgi_application()
checks.refuse_easy_secrets()
# Every page is loaded before workers are forked, so that they share it and no first visitor waits for it.
get_resolver().url_patterns  # noqa: B018  # looking at it loads it

# What is loaded by now lives as long as the process: the collector need not walk it again at every request.
gc.collect()
gc.freeze()
gc.enable()
