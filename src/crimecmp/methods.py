"""The statistics under their public name; see `crimecmp.statistics`."""

from crimecmp.statistics import *  # noqa: F403 - all that is public there is public here
from crimecmp.statistics import __all__ as __all__
