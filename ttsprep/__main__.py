"""``python -m ttsprep`` is the command line."""

from ttsprep.cli import main

if __name__ == "__main__":
    main(prog_name="ttsprep")
