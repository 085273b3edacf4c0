"""The page: kinds, furniture, tags, and how bytes are made."""

from reports.imprint import Imprint

__all__ = ["Imprint"]
