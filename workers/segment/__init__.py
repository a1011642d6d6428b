"""Takes a page apart: decode, blocks, features, roles, assembly.

Pure and synchronous: no Kafka, clock or environment.
"""
