"""The embedded Kafka: fetch, format, start, wait until it serves, stop."""
