"""``lint`` and ``config``: every mistake named, and what decides on it."""
