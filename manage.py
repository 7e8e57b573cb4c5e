#!/usr/bin/env python3
"""Indicia's commands.

`demo` and `verify` first make the environment they need, with any Python 3.11 or newer and nothing else installed.
Every other word is Django's own, or one of the commands under */management/commands/, run in that environment.
"""

import sys


def main() -> None:
    if sys.version_info < (3, 11):  # before any import that an older Python could not read
        sys.exit("Indicia needs Python 3.11 or newer, and this is %d.%d; install python3.11." % sys.version_info[:2])
    from config import bootstrap

    bootstrap.enter(sys.argv)
    if bootstrap.word(sys.argv) == "verify":
        from config import verify

        sys.exit(verify.main(sys.argv[2:]))
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line
    from environs import EnvError

    try:
        import config.settings  # noqa: F401
    except (ImproperlyConfigured, EnvError) as exc:
        sys.exit(str(exc))
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
