"""SSML for the service: its grammar, and all that is done with documents in it."""
