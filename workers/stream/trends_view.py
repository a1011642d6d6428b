"""/sites/<site>/trends: what a site pushes now, as a Faust web view.

On a port of its own, since it is for readers and not for Prometheus and probes. Faust's own pages (its tables, its
router, what it is made of) are not served.
"""

import socket
from typing import Any, ClassVar

import msgspec
from aiohttp.web import SockSite
from faust.web import Request, Response, View
from faust.web.drivers.aiohttp import Web

from workers.stream.trends_table import StatesTable

PATH = "/sites/{site}/trends"


class TrendsWeb(Web):
    """Faust's web server on a socket that is there already, so that its port is known before anybody asks."""

    default_blueprints: ClassVar[Any] = ()
    production_blueprints: ClassVar[Any] = ()
    debug_blueprints: ClassVar[Any] = ()
    optional_blueprints: ClassVar[Any] = ()
    socket: socket.socket

    def _new_transport_tcp(self) -> SockSite:
        return SockSite(self._runner, self.socket)


def listen(host: str, port: int) -> socket.socket:
    """A socket that is bound to the address; port 0: any free one. Raises OSError when it cannot be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family)


class TrendsView(View):
    """The site's windows that are open now."""

    table: ClassVar[StatesTable]

    async def get(self, request: Request, site: str) -> Response:
        """The windows of ten minutes and of an hour, as far as they have come; 404 for a site without sightings."""
        for state in list(self.table.states.data.values()):
            windows = state.current(site)
            if windows:
                return self.bytes(
                    msgspec.json.encode({"site": site, "windows": windows}), content_type="application/json"
                )
        told = f"No sightings of {site!r} in open windows of this worker's partitions."
        return self.json({"error": told}, status=404)
