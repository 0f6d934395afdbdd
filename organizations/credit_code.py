"""The unified social credit code: the portal's own check, by the name organizations know it."""

from suzhou_portal.credit_code import complete, problem

__all__ = ["complete", "problem"]
