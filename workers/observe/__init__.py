"""Every metric and every log event, named in one place each."""
