"""The name of the stand-in core, for workers that are told to run it. Importing the core itself would replace the
real one in the process that imports it.
"""

TASK = "tests.stand_in_core:segment_page"
