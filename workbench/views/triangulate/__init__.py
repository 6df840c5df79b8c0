"""The page Triangulate: the protocol step by step, and the matrix at its heart."""

from workbench.views.triangulate.page import show

__all__ = ["show"]
