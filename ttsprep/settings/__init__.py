"""The settings of a task: region, model, voice and every parameter of run-task, checked before anything is sent.

>>> settings = TaskSettings(voice="longanyang", rate=1.2, format="opus")
>>> for found in settings.diagnostics:
...     print(found)
PAR047 note: opus has no 22050 Hz (the default); the audio is encoded at 24000 Hz
"""

from ttsprep.settings.file import SettingsFile
from ttsprep.settings.task import TaskSettings

__all__ = ["SettingsFile", "TaskSettings"]
