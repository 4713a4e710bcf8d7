"""Ready, and then says nothing at all."""

import sys
import time

from ttsprep.emulator.voice import wire

sys.stdout.buffer.write(wire.message(wire.READY))
sys.stdout.buffer.flush()
time.sleep(60)
