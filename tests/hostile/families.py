"""Every family of bad pages, each of which can be made as large as one likes.

A page that takes twice as many bad things must cost twice the work, and not four times.
"""

from tests.hostile import families_of_claims, families_of_markup, families_of_text
from tests.hostile.registry import FAMILIES, Family

__all__ = ["FAMILIES", "Family", "families_of_claims", "families_of_markup", "families_of_text"]
