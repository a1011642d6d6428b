"""Turns a segmented page into records: language, people, dates, agencies, counts, fingerprints. Pure."""
