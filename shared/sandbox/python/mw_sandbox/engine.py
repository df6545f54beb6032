"""Asks a Docker engine over its Unix socket: the few requests that a supervisor needs.

The protocol is the engine's HTTP API (docs.docker.com/reference/api/engine), without a version in the path:
the engine then speaks its own newest, in which what is used here is what it always was.
"""

import http.client
import json
import socket
import time
from urllib.parse import quote

_WAIT_SECONDS = 60


class Away(Exception):
    """No engine answers now. It may come back: nothing is known of its containers until then."""


class Refused(Exception):
    """The engine answered, and would not. `gone`: it has no such container."""

    def __init__(self, status, message):
        super().__init__(message)
        self.gone = status == 404


class _Connection(http.client.HTTPConnection):
    def __init__(self, path, timeout):
        super().__init__("engine", timeout=timeout)
        self._path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self._path)


class Engine:
    """`path` is the engine's socket. Every method raises Away or Refused."""

    def __init__(self, path):
        self._path = path

    def inspect(self, container):
        return self._ask("GET", f"/containers/{quote(container)}/json", 30)

    def start(self, container):
        self._ask("POST", f"/containers/{quote(container)}/start", 120)

    def wait(self, container):
        """Returns when the container does not run, and now and then before: look by `inspect`."""
        try:
            self._ask("POST", f"/containers/{quote(container)}/wait", _WAIT_SECONDS)
        except Away as error:
            if not isinstance(error.__cause__, TimeoutError):
                raise

    def signal(self, container, name):
        self._ask("POST", f"/containers/{quote(container)}/kill?signal={name}", 30)

    def remove(self, container):
        self._ask("DELETE", f"/containers/{quote(container)}?force=1&v=1", 30)

    def keeps_containers(self):
        """Whether containers go on while the engine itself is away (`live-restore`)."""
        return self._ask("GET", "/info", 30).get("LiveRestoreEnabled", False)

    def saw_end(self, container):
        """Whether this very engine process was there when the container ended, as far as it remembers."""
        wanted = json.dumps({"container": [container], "event": ["die"]})
        until = int(time.time()) + 1
        return self._request("GET", f"/events?since=1&until={until}&filters={quote(wanted)}", 30) != b""

    def _ask(self, method, path, seconds):
        body = self._request(method, path, seconds)
        return json.loads(body) if body else None

    def _request(self, method, path, seconds):
        connection = _Connection(self._path, seconds)
        try:
            connection.request(method, path)
            response = connection.getresponse()
            body = response.read()
        except (OSError, http.client.HTTPException) as error:
            raise Away(f"no engine answers at {self._path}: {error or type(error).__name__}") from error
        finally:
            connection.close()
        if response.status >= 400:
            raise Refused(response.status, _message(body, response.status))
        return body


def _message(body, status):
    try:
        return json.loads(body)["message"]
    except (ValueError, KeyError, TypeError):
        return f"the engine answered {status}"
