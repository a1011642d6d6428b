"""Decides which teasers and snippets are new. Pure."""
