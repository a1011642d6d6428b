"""The only room that knows Kafka: consume, transactions, process pool, dead letters, replay, health."""
