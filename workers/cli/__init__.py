"""The only room that reads flags, files and the environment."""
