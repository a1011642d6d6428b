"""From a segmented page to the records of the contract."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workers.segment.decode import Decoded
from workers.segment.page import Segmented

if TYPE_CHECKING:
    from workers.pipeline import PageRecords
