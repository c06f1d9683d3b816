"""Where people are found online: mail, links, mentions, accounts, contact cards."""

from __future__ import annotations

import re
from collections.abc import Iterator

from chatcode.anonymize.found import DIGIT, Found
from chatcode.anonymize.lexicon import load

# What every link, file name and mail address has; most texts have none of it and are spared the rest.
_JOINED = re.compile(r"\w\.\w")
_AT = re.compile(r"\bat\b")
_FILE = re.compile(
    r"(?<![\w/])[\w()-]+(?:[ -][\w()-]+){0,5}?"
    r"\.(?:jpe?g|png|webp|gif|mp4|mov|3gp|opus|ogg|m4a|mp3|aac|pdf|docx?|xlsx?|pptx?|vcf|zip|txt)\b",
    re.IGNORECASE,
)
_MEDIA = re.compile(
    r"(?:IMG|VID|PTT|AUD|DOC|STK|GIF|PHOTO|VIDEO|AUDIO|STICKER|\d{8})[-_]?[\dA-Z_-]*", re.IGNORECASE
)
_EMAIL = re.compile(
    r"(?<![\w.+-])[\w.+-]*\w\s?(?:@|[(\[{]\s?(?:at|apenstaartje)\s?[)\]}]|\sapenstaartje\s)\s?"
    r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\s?(?:\.|[(\[]\s?(?:dot|punt)\s?[)\]])\s?[a-z0-9-]*[a-z0-9])*?"
    r"(?:\.|\s?[(\[]\s?(?:dot|punt)\s?[)\]]\s?|\s\.\s?)[a-z]{2,8}\b(?!\.?\w*[@_])(?:\.[a-z]{2,8}\b)?",
    re.IGNORECASE,
)
_LINK = re.compile(
    r"(?:https?://|www\.)[^\s<>\"]+"
    r"|(?<![\w@.-])(?:[a-z0-9][a-z0-9-]*\.)+[a-z]{2,10}/[^\s<>\"]*"
    r"|(?<![\w@.-])(?:[a-z0-9][a-z0-9-]+\.)+(?:nl|com|org|net|eu|info|amsterdam|frl|shop|online|app|site)(?![\w-]|\.\w)"
    r"|(?<![\w.])geo:-?\d[\d.,;?=-]*",
    re.IGNORECASE,
)
_MENTION = re.compile(
    r"@[\u2068\u202a\u200e]*(?:[^\u2069\n]{1,60}?\u2069|~\s?[\w-]+|\+?\d{8,15}\b|\w[\w.]*\w)[\u202c\u2069]*"
)
_EVERYONE = frozenset(
    {"iedereen", "allemaal", "allen", "all", "everyone", "here", "channel", "groep", "buren", "buurt", "home"}
)


def has_link(text: str) -> bool:
    """May there be a link, a file name or a mail address in the text?"""
    if "@" in text or ":/" in text or ("." in text and _JOINED.search(text) is not None):
        return True
    # Plain searches first: half of what one expression for all of these takes.
    lowered = text.lower()
    return "apenst" in lowered or "geo:" in lowered or ("at" in lowered and _AT.search(lowered) is not None)


def find_files(text: str) -> Iterator[Found]:
    """A file name that a camera or WhatsApp gave holds nobody; one that a person gave may."""
    for match in _FILE.finditer(text):
        name = match.group()
        last = name.split(" ")[-1]
        if _MEDIA.match(last):
            yield Found(match.end() - len(last), match.end(), "", "", "file")
        elif name.lower().endswith(".vcf"):
            yield Found(match.start(), match.end(), "contact", name.lower(), "contact")


def find_emails(text: str) -> Iterator[Found]:
    """Find addresses of mail, also those written with (at) or with spaces."""
    for match in _EMAIL.finditer(text):
        if _ADDRESSED.match(match.group()) and re.match(r"\w+\s@", match.group()):
            continue  # `op insta @chantal.en.de.teckels`
        value = re.sub(r"\s", "", match.group().lower())
        value = re.sub(r"[(\[{](?:at|apenstaartje)[)\]}]|apenstaartje", "@", value)
        value = re.sub(r"[(\[](?:dot|punt)[)\]]", ".", value)
        yield Found(match.start(), match.end(), "e-mail", value, "e-mail")


def find_links(text: str) -> Iterator[Found]:
    """Find links; those to sites of government, police and press only shield."""
    for match in _LINK.finditer(text):
        link = match.group().rstrip(".,;:!?)]}'\u2019\u201d*_~")
        bare = re.sub(r"^https?://", "", link.lower()).removeprefix("www.")
        host, slash, path = bare.partition("/")
        site = host.partition("?")[0]
        public = _is_public(site) and not DIGIT.search(path)
        if not slash and re.fullmatch(r"\d[\d.,-]*", host):
            continue
        kind = "" if public else "link"
        yield Found(match.start(), match.start() + len(link), kind, bare.rstrip("/"), "link")


def _is_public(site: str) -> bool:
    """Is it a site that the list has, also under a further name before it, or that of a municipality?

    `bronckhorst.nl`, `gemeentebronckhorst.nl`: the site of a municipality bears its name, hyphens aside.
    """
    lists = load()
    parts = site.split(".")
    if any(".".join(parts[i:]) in lists.sites for i in range(len(parts) - 1)):
        return True
    if len(parts) < 2 or parts[-1] != "nl":
        return False
    name = parts[-2]
    town = len(parts) == 2 and (name in lists.places or name.replace("-", "") in lists.places)
    return town or name.startswith(("gemeente", "stadsdeel"))


def find_mentions(text: str) -> Iterator[Found]:
    """Find mentions: those that WhatsApp marked, and account names after an @."""
    for match in _MENTION.finditer(text):
        if match.start() and (text[match.start() - 1].isalnum()):
            continue
        value = match.group().strip("@\u2068\u2069\u202a\u202c\u200e").strip()
        if value.lower() in _EVERYONE or not any(sign.isalnum() or ord(sign) > 0x2000 for sign in value):
            continue
        marked = "\u2068" in match.group() or value.lstrip("+").isdigit() or value.startswith("~")
        kind = "mention" if marked else "account" if re.search(r"[._\d]", value) else "handle"
        yield Found(match.start(), match.end(), kind, value if marked else value.lower(), "mention")


# An account is named after its app, in a form that no word has: with a dot, an underscore or a digit.
_APP = re.compile(
    r"\b(?:insta(?:gram)?|ig|snap(?:chat)?|tik ?tok|vinted|marktplaats|facebook|fb|twitter|telegram|discord|"
    r"messenger|linkedin|youtube|twitch|threads|bluesky|nextdoor|signal)\b",
    re.IGNORECASE,
)
# What may stand before an account: `dm @floor.en.de.drie`.
_ADDRESSED = re.compile(rf"{_APP.pattern}|(?:dm|pm|pb|via)\b", re.IGNORECASE)
# One of these is in every text with an account; most have none and are spared the search.
_IN_APPS = (
    "insta", " ig", "ig ", "ig:", "snap", "tik", "vinted", "marktpl", "faceb", "fb", "twit", "telegram",
    "discord", "messenger", "linkedin", "youtube", "threads", "bluesky", "nextdoor", "signal", "account",
    "profiel", "gebruikersn", "usern",
)  # fmt: skip
# What every app has: the account's name comes right after the word.
_ACCOUNT_WORD = re.compile(
    r"\b(?:account(?:naam)?|profiel|gebruikersnaam|username)(?:\s(?:is|heet|met de naam)\b)?[\s:='\"]{1,3}",
    re.IGNORECASE,
)
_ACCOUNT = re.compile(
    r"(?<![\w.@/])(?=[\w.-]*[a-z])[\w-]+(?:[._][\w-]+)+|(?<![\w.@/])(?=\w*\d)(?=\w*[a-z]{3})[a-z]\w{3,}",
    re.IGNORECASE,
)
# No word has one inside; what WhatsApp sets in italics has it at both ends.
_UNDERSCORED = re.compile(r"(?<![\w.@/-])[a-z][a-z\d.]+_[\w.]*[a-z\d](?![\w@/])")


def find_handles(text: str) -> Iterator[Found]:
    """Find account names by the app that stands near them, or the word for an account right before."""
    lowered = text.lower()
    if not ("_" in text or any(part in lowered for part in _IN_APPS)):
        return
    found = [
        match
        for app in _APP.finditer(text)
        for start, end in ((app.end(), app.end() + 120), (max(0, app.start() - 40), app.start()))
        for match in _ACCOUNT.finditer(text, start, end)
    ]
    found += _UNDERSCORED.finditer(text)
    found += filter(None, (_ACCOUNT.match(text, word.end()) for word in _ACCOUNT_WORD.finditer(text)))
    for match in found:
        name = match.group()
        if not (_MEASURE.fullmatch(name) or _sentence_break(name) or _FILE.fullmatch(name)):
            yield Found(match.start(), match.end(), "account", name.lower(), "account")


# `1.80m`, `20.30u`
_MEASURE = re.compile(r"\d+[.]\d+[a-z]{0,4}", re.IGNORECASE)


def _sentence_break(name: str) -> bool:
    """`weg.nu` and `hier.Niemand`: two words with a full stop that lost its space."""
    head, dot, tail = name.partition(".")
    return (
        bool(dot)
        and head.isalpha()
        and tail.isalpha()
        and "." not in tail
        and (tail[0].isupper() or len(tail) == 2 or (len(tail) == 1 and len(head) < 3))
    )
