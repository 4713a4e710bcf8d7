"""``python -m ttsprep`` is the command line."""

import gc
import sys

__all__ = ["run"]


def run() -> None:
    """The command line, also for a Ctrl-C while it is being loaded."""
    gc.set_threshold(50_000)  # while modules are loaded there is nothing to collect, and much to look through
    try:
        from ttsprep.cli import main

        main(prog_name="ttsprep")
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    run()
