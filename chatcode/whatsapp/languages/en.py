"""English."""

from __future__ import annotations

from ..language import Language

_GROUP = "(?:this group|the group)"
_OF_GROUP = "(?:this group['’]s|the group['’]s|the group|the)"
_SUBJECT = "(?:subject|name)"
_CHANGED = "(?:changed|updated|deleted|removed|added)"
_ADMIN = "(?:an? )?(?:group )?admin"

ENGLISH = Language(
    code="en",
    you=("you",),
    conjunctions=("and", "&"),
    others=r"\d+ others?(?: people| participants)?",
    tap=r"(?:Tap|Click|Learn)\b",
    notices=(
        ("encryption", r".*end-to-end encrypt(?:ed|ion)\b.*"),
        ("other", "(?:Your|The) security code (?:with|for|of) <whom> (?:has )?changed"),
        ("other", "<whom>['’]s security code (?:has )?changed"),
        ("created", f"<who> created (?:{_GROUP}|group)(?: <name>)?"),
        ("created", "(?:The |This )?[Gg]roup(?: <name>)? was created(?: by <who>)?"),
        ("subject", f"<who> changed {_OF_GROUP} {_SUBJECT}(?: from <name>)? to <name>"),
        ("subject", f"<who> changed {_OF_GROUP} {_SUBJECT}"),
        ("icon", f"<who> {_CHANGED} {_OF_GROUP} (?:icon|picture|photo|image)"),
        ("description", f"<who> {_CHANGED} {_OF_GROUP} description"),
        (
            "number_changed",
            "<who> changed (?:their|his|her|your) (?:phone )?number(?: from .+?)?"
            "(?: to (?:a new (?:phone )?number|<whom>))?",
        ),
        ("number_changed", "<who> (?:has a new phone number|changed to a new number)"),
        ("admin", f"<whom>(?:['’]re| are|['’]s| is) (?:now|no longer|not) {_ADMIN}(?: anymore)?"),
        ("admin", f"<who> made <whom> {_ADMIN}"),
        ("admin", f"<who> (?:dismissed|removed) <whom> as {_ADMIN}"),
        ("admin", "<who> turned (?:on|off) admin approval.*"),
        ("admin", r".*\b(?:must|needs? to|have to) be approved by (?:an? )?(?:group )?admins?.*"),
        ("other", f"<who> (?:added|removed) (?:{_GROUP}|the community|a message)\\b.*"),
        ("other", f"<who> changed {_OF_GROUP} settings.*"),
        (
            "joined",
            "<who> joined (?:using|via|from|through) (?:this group['’]s|the group['’]s|an?|the|your)"
            "(?: group)?(?: invite| invitation)? (?:link|community)",
        ),
        ("added", "<whom> joined (?:using|via|through) <who>['’]s? (?:invite|invitation)"),
        ("joined", f"<who> joined(?: {_GROUP}| from the community)?"),
        ("left", f"<who> (?:has )?left(?: {_GROUP})?"),
        ("added", f"<who> added <whom>(?: to {_GROUP})?"),
        ("added", "<whom> (?:was|were) added(?: by <who>)?"),
        ("removed", f"<who> removed <whom>(?: from {_GROUP})?"),
        ("removed", "<whom> (?:was|were) removed(?: by <who>)?"),
        ("number_changed", "<who> changed (?:from .+? )?to <whom>"),
        ("call", "Missed (?:group )?(?:voice|video) (?:call|chat)(?: at .*)?"),
        ("other", "<who> (?:turned (?:on|off)|updated|set|pinned|unpinned|started) .*"),
    ),
    files=("file attached",),
    attached=("attached",),
    omitted=(
        "<Media omitted>",
        "image omitted",
        "video omitted",
        "audio omitted",
        "sticker omitted",
        "GIF omitted",
        "document omitted",
        "video note omitted",
        "file omitted",
        "media omitted",
    ),
    contacts=("Contact card omitted",),
    deleted=(
        "This message was deleted(?: by admin(?: .*)?)?",
        "You deleted this message(?: as admin)?",
    ),
    edited=("This message was edited",),
    locations=("Location",),
    live_locations=("live location shared",),
    polls=(("POLL", "OPTION"),),
    calls=(
        "Missed voice call",
        "Missed video call",
        "Missed group voice call",
        "Missed group video call",
        "Voice call",
        "Video call",
        "Group voice call",
        "Group video call",
    ),
)
