"""Voice processes that do not what they should; each is a module to run with ``python -m``."""
