"""A task module that cannot be imported."""

raise ImportError("this installation is broken")
