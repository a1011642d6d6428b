"""/metrics, /healthz and /readyz, in threads beside the event loop.

prometheus_client's WSGI application under the standard library's server: nothing more to install, and a probe is
answered (with "stuck") even while the event loop hangs, which an application inside the loop could not do.
"""

import socket
import threading
from collections.abc import Callable, Iterable
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from prometheus_client import CollectorRegistry, make_wsgi_app

Probe = Callable[[], tuple[bool, str]]
"""Says whether all is well, and in words why (not)."""

_IDLE_SECONDS = 10


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True
    # A probe must not wait behind a client that opens connections and says nothing.
    request_queue_size = 64


class _ServerOfVersionSix(_Server):
    address_family = socket.AF_INET6


class _Handler(WSGIRequestHandler):
    timeout = _IDLE_SECONDS

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 (the name is the base class's)
        """Probes and scrapes come every few seconds; they are no events."""


class HttpServer:
    """Serves the worker's metrics and health until it is closed."""

    def __init__(self, host: str, port: int, registry: CollectorRegistry, health: Probe, readiness: Probe) -> None:
        """Raises OSError when the address cannot be had. port 0: any free one."""
        application = _application(make_wsgi_app(registry), health, readiness)
        kind = _ServerOfVersionSix if ":" in host else _Server
        self._server = make_server(host, port, application, kind, _Handler)
        self.host = host
        self.port: int = self._server.server_port
        self._thread = threading.Thread(target=self._server.serve_forever, name="http", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop listening."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def _application(metrics: WSGIApplication, health: Probe, readiness: Probe) -> WSGIApplication:
    def answer(environment: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        path = environment.get("PATH_INFO", "")
        if environment.get("REQUEST_METHOD") not in ("GET", "HEAD"):
            return _text(start, "405 Method Not Allowed", "Only GET is answered.")
        if path == "/metrics":
            return metrics(environment, start)
        probe = {"/healthz": health, "/readyz": readiness}.get(path)
        if probe is None:
            return _text(start, "404 Not Found", "There is /metrics, /healthz and /readyz.")
        well, words = probe()
        return _text(start, "200 OK" if well else "503 Service Unavailable", words)

    return answer


def _text(start: StartResponse, status: str, words: str) -> list[bytes]:
    body = f"{words}\n".encode()
    start(status, [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", str(len(body)))])
    return [body]
