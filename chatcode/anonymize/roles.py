"""Roles and titles: what a display name says about somebody, and what the researcher says."""

from __future__ import annotations

import re
from pathlib import Path

from chatcode.domain import ROLES
from chatcode.errors import ChatcodeError

PARTICIPANT = frozenset({"deelnemer"})

# Function words of display names, in the order in which they decide; the title is what labels show.
_FUNCTIONS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (title, re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE))
    for title, words in (
        ("Wijkagent", r"wijkagent(?:e|en)?|buurtagent|dorpsagent|agent(?:e)?|politie|hoofdagent|brigadier"),
        ("Handhaver", r"handhaver|handhaving|boa|b\.o\.a\.|toezichthouder|stadstoezicht|toezicht"),
        ("Stadsmarinier", r"stadsmarinier"),
        ("Jongerenwerker", r"jongerenwerk(?:er|ster)?|jongerencoach|straatcoach|jeugdwerk(?:er|ster)?"),
        (
            "Opbouwwerker",
            r"opbouwwerk(?:er|ster)?|welzijnswerk(?:er|ster)?|buurtwerk(?:er|ster)?|sociaal werker",
        ),
        (
            "Huismeester",
            r"huismeester|complexbeheerder|wijkbeheerder|woonconsulent|woningcorporatie|wooncorporatie",
        ),
        ("Gebiedsmanager", r"gebiedsmanager|gebiedsnetwerker|gebiedsregisseur|gebiedsmakelaar"),
        (
            "Wijkmanager",
            r"wijkmanager|wijkregisseur|wijkcoördinator|wijkcoordinator|wijknetwerker|wijkmakelaar",
        ),
        ("Gemeente", r"gemeente|gem\.?|stadsdeel|stadsbeheer|deelgemeente|gebiedscommissie"),
    )
)
_ADMINISTRATOR = re.compile(
    r"(?<!\w)(?:beheer|beheerder|beheerster|groepsbeheer(?:der)?|admin|moderator|coördinator|coordinator)(?!\w)",
    re.IGNORECASE,
)
_RESEARCHER = re.compile(r"(?<!\w)(?:onderzoeker|onderzoekster|researcher)(?!\w)", re.IGNORECASE)


def read_roles(path: Path) -> dict[str, frozenset[str]]:
    """Read who has which roles: one line a person, name, tab, roles separated by commas.

    A first line that names its columns is passed over, as are empty lines and lines that start
    with #.

    Raises:
        ChatcodeError: when the file cannot be read, or a line has no tab or an unknown role; the
            message holds the line's number, never the name.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise ChatcodeError(
            f"the file with roles cannot be read: {path.name}", "save it as text (UTF-8), name TAB role"
        ) from None
    roles: dict[str, frozenset[str]] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        name, tab, given = line.partition("\t")
        if not tab:
            raise ChatcodeError(f"{path.name}, line {number}: no tab", "write name, a tab, and the role")
        words = [word.strip().lower() for word in given.split("\t")[0].split(",") if word.strip()]
        if (
            number == 1
            and words
            and not set(words) & set(ROLES)
            and words[0] in {"role", "roles", "rol", "rollen"}
        ):
            continue
        for word in words:
            if word not in ROLES:
                raise ChatcodeError(
                    f"{path.name}, line {number}: unknown role '{word[:20]}'",
                    f"known roles: {', '.join(ROLES)}",
                )
        roles[name.strip()] = roles.get(name.strip(), frozenset()) | (frozenset(words) or PARTICIPANT)
    return roles


def propose_roles(name: str) -> frozenset[str]:
    """Propose roles from the function words of a display name; deelnemer where it says nothing."""
    found = set()
    if _function(name) is not None:
        found.add("professional")
    if _ADMINISTRATOR.search(name):
        found.add("beheerder")
    if _RESEARCHER.search(name):
        found.add("onderzoeker")
    return frozenset(found) or PARTICIPANT


def title_of(name: str, roles: frozenset[str]) -> str:
    """Return the title that a label shows: a professional's function where the name gives it.

    Otherwise Beheerder, Onderzoeker, Professional or Deelnemer by role, in that order.
    """
    if "professional" in roles:
        function = _function(name)
        if function is not None:
            return function
    for role, title in (
        ("beheerder", "Beheerder"),
        ("onderzoeker", "Onderzoeker"),
        ("professional", "Professional"),
    ):
        if role in roles:
            return title
    return "Deelnemer"


def _function(name: str) -> str | None:
    return next((title for title, words in _FUNCTIONS if words.search(name)), None)
