"""Changing the sample rate: a windowed-sinc low-pass, the same result on every run."""

from __future__ import annotations

from functools import lru_cache
from math import gcd
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["resample"]

_ZEROS = 16
_KAISER_BETA = 8.0
# The pass band ends a little below the lower of the two half rates.
_ROLL_OFF = 0.94
# Outputs computed at a time; bounds the memory.
_AT_ONCE = 1 << 14


@lru_cache(maxsize=16)
def _phases(up: int, down: int) -> NDArray[np.float32]:
    """One filter for each position that an output sample can have between two input samples."""
    import numpy as np

    cutoff = min(1.0, up / down) * _ROLL_OFF
    half = int(np.ceil(_ZEROS / cutoff))
    offsets = np.arange(-half + 1, half + 1)[None, :] - np.arange(up)[:, None] / up
    window = np.kaiser(4096, _KAISER_BETA)
    shape = np.interp(np.abs(offsets) / half, np.linspace(-1, 1, 4096)[2048:], window[2048:], right=0.0)
    filters = np.sinc(offsets * cutoff) * shape
    filters /= filters.sum(axis=1, keepdims=True)
    return np.ascontiguousarray(filters, dtype=np.float32)


def resample(samples: NDArray[np.float32], source: int, target: int) -> NDArray[np.float32]:
    """The samples at another rate; silence before and after them is assumed.

    The result has the length of the input times target/source, rounded up.
    """
    import numpy as np

    if source == target or not len(samples):
        return samples
    common = gcd(source, target)
    up, down = target // common, source // common
    filters = _phases(up, down)
    half = filters.shape[1] // 2
    padded = np.concatenate([np.zeros(half - 1, np.float32), samples, np.zeros(half + 1, np.float32)])
    windows = np.lib.stride_tricks.sliding_window_view(padded, filters.shape[1])
    wanted = np.arange(-(-len(samples) * up // down), dtype=np.int64) * down
    parts = [
        np.einsum("ij,ij->i", windows[at // up], filters[at % up])
        for at in (wanted[i : i + _AT_ONCE] for i in range(0, len(wanted), _AT_ONCE))
    ]
    return np.concatenate(parts)
