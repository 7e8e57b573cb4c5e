"""Libraries that few workers ever need, loaded by the first use instead of at the start.

What is put off stands in `sys.modules` as a module that is empty until something in it is asked for; then it is loaded
and stands for the real one. Only modules that others use by name after they imported them can be put off.
"""

import importlib
import sys
import threading
from types import ModuleType
from typing import Any

_LOADING = threading.RLock()


class Late(ModuleType):
    """Stands for a module until something in it is asked for."""

    def __getattr__(self, name: str) -> Any:
        """Load the module, and answer as it does."""
        return getattr(_loaded(self), name)


def put_off(*names: str) -> None:
    """Let these modules be loaded by their first use; those that are loaded already stay as they are."""
    for name in names:
        sys.modules.setdefault(name, Late(name))


def _loaded(stand_in: Late) -> ModuleType:
    """Return the real module. One thread loads it, the others wait."""
    name = stand_in.__name__
    with _LOADING:
        if sys.modules.get(name) is stand_in:
            del sys.modules[name]
            try:
                importlib.import_module(name)
            except BaseException:
                sys.modules[name] = stand_in  # so that the next use tries again
                raise
        return sys.modules[name]
