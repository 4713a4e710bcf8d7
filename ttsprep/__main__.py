"""``python -m ttsprep`` is the command line."""

import sys

__all__ = ["run"]


def run() -> None:
    """The command line, also for a Ctrl-C while it is being loaded."""
    try:
        from ttsprep.cli import main

        main(prog_name="ttsprep")
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    run()
