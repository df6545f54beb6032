"""Waits for a container's end, however often the engine comes and goes, in a thread of its own."""

import os
import threading
import time

from mw_sandbox import container_end
from mw_sandbox.engine import Away, Refused

_RETRY_SECONDS = 1.0
_REASON_SECONDS = 1.0


class ContainerWatch:
    """`report` becomes readable at the end.

    state              then the engine's `State` of the container, or None where it has no such container
    was_away           whether the engine, or whoever watched, was away at some time; `was_away`: already before
    stopped_with_engine  whether that may have ended the container
    """

    def __init__(self, engine, container, was_away=False):
        self._engine = engine
        self._container = container
        self.state = None
        self.was_away = was_away
        self.stopped_with_engine = False
        self.report, self._end = os.pipe()
        threading.Thread(target=self._run, daemon=True).start()

    def _run(self):
        while not self._over():
            time.sleep(_RETRY_SECONDS)
        os.write(self._end, b"!")

    def _over(self):
        try:
            self._engine.wait(self._container)
            state = self._inspect()
            if not container_end.has_ended(state):
                return False
            self.state = self._explained(state)
            self.stopped_with_engine = self.was_away and not self._engine_went_on()
            return True
        except Refused as error:
            return error.gone
        except Away:
            self.was_away = True
            return False

    def _engine_went_on(self):
        """False for an engine that has ended its containers, and then itself: it remembers no end of theirs."""
        return self._engine.saw_end(self._container) or self._engine.keeps_containers()

    def _inspect(self):
        return self._engine.inspect(self._container)["State"]

    def _explained(self, state):
        """The engine hears of a kill for want of memory apart from the end, sometimes a moment later."""
        deadline = time.monotonic() + _REASON_SECONDS
        while container_end.is_killed(state) and not state["OOMKilled"] and time.monotonic() < deadline:
            time.sleep(0.05)
            state = self._inspect()
        return state
