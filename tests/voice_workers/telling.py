"""Ends before it is ready and says whether it was given the key."""

import os

raise SystemExit(f"key: {os.environ.get('DASHSCOPE_API_KEY')}")
