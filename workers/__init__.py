"""Broadsheet's workers: raw news pages in, articles, teasers and snippets out."""
