"""Trends: how often, where and for how long a site shows each teaser, in windows of sighting time. Pure."""
