"""Bad inputs as generators: small programs instead of large files."""
