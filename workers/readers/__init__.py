"""Reads pages from where people keep them: files, folders, JSON lines, WARC and WET archives, standard input."""

from workers.readers.inputs import Input, find_inputs
from workers.readers.items import Found, Item, Unreadable
from workers.readers.read import read_input

__all__ = ["Found", "Input", "Item", "Unreadable", "find_inputs", "read_input"]
