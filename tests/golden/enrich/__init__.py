"""Invented pages, taken apart, each beside the records that enrichment makes of it."""
