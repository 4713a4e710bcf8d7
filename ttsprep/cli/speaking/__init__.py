"""The parts of the command ``speak``."""
