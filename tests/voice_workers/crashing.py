"""Breaks in the middle of a message when it is asked to speak."""

import os
import sys

from ttsprep.emulator.voice import wire

sys.stdout.buffer.write(wire.message(wire.READY))
sys.stdout.buffer.flush()
wire.read_message(sys.stdin.buffer)
wire.read_message(sys.stdin.buffer)
sys.stdout.buffer.write(wire.message(wire.AUDIO, bytes(1000)))
sys.stdout.buffer.write(wire.message(wire.AUDIO, bytes(1000))[:500])
sys.stdout.buffer.flush()
sys.stderr.write("the engine is broken\n")
sys.stderr.flush()
os._exit(3)
