"""What an edition is run by, as one document: its texts, languages, places, quotas and form. Cloned whole each year.

The document is plain JSON. Lists have keys that never change, for what people answer is kept under them.
"""

from typing import Any

Settings = dict[str, Any]

TEXTS = ("title", "theme", "summary", "practical")
ROLES = (
    "mayor", "deputy-mayor", "mayors-representative", "focal-point", "expert", "interpreter", "observer",
)  # fmt: skip
"""What a person comes as. An interpreter is bound to a delegate; observers and interpreters have no right to speak."""


def empty(languages: list[str]) -> Settings:
    """What an edition is run by before anybody has said anything of it."""
    return {
        "languages": languages,
        "about": {name: {} for name in TEXTS},
        "places": [],
        "delegations": {
            "most": 4, "seats": None, "answer_hours": 72,
            "quotas": {"mayor": 1, "deputy-mayor": 1, "mayors-representative": 1, "focal-point": 1, "expert": 2,
                       "interpreter": 2, "observer": 1},
        },
        "form": [],
        "forget_after_days": 30,
    }  # fmt: skip


def quota(settings: Settings, role: str) -> int:
    """How many people a city may bring in a role."""
    return int(settings["delegations"]["quotas"].get(role, 0))
