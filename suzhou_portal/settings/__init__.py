"""Every setting of the portal; each value that may differ between sites comes from the environment.

`.env.example` lists them all. A bad value stops the start with its name (see `conf.py`).
"""

from suzhou_portal.settings.application import *  # noqa: F403
from suzhou_portal.settings.environment import BASE_DIR as BASE_DIR
from suzhou_portal.settings.environment import env
from suzhou_portal.settings.logs import *  # noqa: F403
from suzhou_portal.settings.people import *  # noqa: F403
from suzhou_portal.settings.security import *  # noqa: F403
from suzhou_portal.settings.serving import *  # noqa: F403
from suzhou_portal.settings.site import *  # noqa: F403
from suzhou_portal.settings.telling import *  # noqa: F403

env.refuse_unknown()
