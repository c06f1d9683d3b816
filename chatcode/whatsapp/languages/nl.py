"""Dutch, in the formal ("U hebt") and the informal ("Je hebt") versions of the app."""

from __future__ import annotations

from ..language import Language

_HAS = "(?:heeft|hebt)"
_IS = "(?:is|bent|zijn)"
_GROUP = "(?:de|deze) groep"
_CHANGED = "(?:gewijzigd|veranderd|aangepast)"
_CHANGED_ETC = "(?:gewijzigd|veranderd|aangepast|toegevoegd|verwijderd)"
_SUBJECT = f"(?:het (?:groeps)?onderwerp|de groepsnaam|de naam van {_GROUP}|het onderwerp van {_GROUP})"
_ICON = (
    f"(?:de groepsafbeelding|de groepsfoto|het groepspictogram|(?:de afbeelding|het pictogram) van {_GROUP})"
)
_DESCRIPTION = f"(?:de groeps(?:om|be)schrijving|de (?:om|be)schrijving van {_GROUP})"
_LINK = f"via (?:de|een) (?:uitnodigingslink|groepslink|link|community)(?: van {_GROUP})?"
_SETTING = (
    f"(?:{_GROUP}|de instellingen van {_GROUP}|de groepsinstellingen|de community|(?:dit|een|het) bericht|"
    "berichten met vervaldatum|zelfverwijderende berichten|de timer)"
)
_SET = f"(?:community|gedeactiveerd|vastgezet|losgemaakt|ingeschakeld|uitgeschakeld|{_CHANGED_ETC})"

DUTCH = Language(
    code="nl",
    you=("je", "jij", "jou", "u"),
    conjunctions=("en",),
    others=r"(?:nog )?\d+ (?:anderen?|andere (?:personen|deelnemers))",
    tap=r"(?:Tik|Klik|Tap)\b",
    notices=(
        ("encryption", r".*end-to-end(?:-| )(?:versleuteld|versleuteling|encryptie|beveiligd)\b.*"),
        ("other", f"(?:Uw|Je|Jouw) beveiligingscode (?:voor|met) <whom> is {_CHANGED}"),
        ("other", f"(?:De )?[Bb]eveiligingscode van <whom> is {_CHANGED}"),
        ("created", f"<who> {_HAS} (?:de |deze )?groep(?: <name>)? (?:aan)?gemaakt"),
        ("created", "(?:De |Deze )?[Gg]roep(?: <name>)? is (?:aan)?gemaakt(?: door <who>)?"),
        ("subject", f"<who> {_HAS} {_SUBJECT} {_CHANGED}(?: van <name>)? (?:naar|in) <name>"),
        ("subject", f"<who> {_HAS} {_SUBJECT} (?:van <name> )?(?:naar|in) <name> {_CHANGED}"),
        ("subject", f"<who> {_HAS} {_SUBJECT} {_CHANGED_ETC}"),
        ("icon", f"<who> {_HAS} {_ICON} {_CHANGED_ETC}"),
        ("description", f"<who> {_HAS} {_DESCRIPTION} {_CHANGED_ETC}"),
        ("number_changed", f"<who> {_HAS} een nieuw (?:telefoon)?nummer"),
        (
            "number_changed",
            f"<who> {_HAS} (?:het|zijn|haar|je|uw) (?:telefoon)?nummer {_CHANGED}"
            "(?: (?:naar|in) (?:een nieuw nummer|<whom>))?",
        ),
        ("admin", f"<whom> {_IS} nu (?:een )?(?:groeps)?beheerders?"),
        ("admin", f"<whom> {_IS} (?:niet langer|geen) (?:een )?(?:groeps)?beheerders?(?: meer)?"),
        ("admin", f"<who> {_HAS} <whom> (?:tot )?(?:groeps)?beheerder (?:gemaakt|benoemd)"),
        ("admin", f"<who> {_HAS} beheerdersgoedkeuring .*"),
        ("admin", r".* door (?:de |een )?beheerders? (?:worden|moet(?:en)? worden) goedgekeurd"),
        ("other", f"<who> {_HAS} {_SETTING} .*{_SET}.*"),
        ("joined", f"<who> {_IS} (?:deelnemer|lid) geworden(?: van {_GROUP})?(?: {_LINK})?"),
        ("joined", f"<who> {_IS} toegetreden(?: tot {_GROUP})?(?: {_LINK})?"),
        ("joined", f"<who> (?:neemt|neem|nemen) (?:nu )?deel(?: aan {_GROUP})? {_LINK}"),
        ("joined", f"<who> {_HAS} deelgenomen(?: aan {_GROUP})?(?: {_LINK})?"),
        ("added", "<whom> (?:neemt|neem) (?:nu )?deel via (?:de )?uitnodiging van <who>"),
        ("added", "<whom> (?:neemt|neem) (?:nu )?deel via <who> uitnodiging"),
        ("left", f"<who> {_HAS} {_GROUP} verlaten"),
        ("added", f"<who> {_HAS} <whom> toegevoegd(?: aan {_GROUP})?"),
        ("added", f"<whom> {_IS} toegevoegd(?: door <who>)?"),
        ("removed", f"<who> {_HAS} <whom> verwijderd(?: uit {_GROUP})?"),
        ("removed", f"<whom> {_IS} verwijderd(?: door <who>)?"),
        ("number_changed", f"<who> is {_CHANGED} (?:naar|in) <whom>"),
        ("call", r"(?:Gemist|Onbeantwoord)e? .*(?:gesprek|oproep)(?: om .*)?"),
        ("other", f"<who> {_HAS} .*(?:ingeschakeld|uitgeschakeld|vastgezet|losgemaakt|gestart|{_CHANGED}).*"),
    ),
    files=("bestand bijgevoegd",),
    attached=("bijgevoegd",),
    omitted=(
        "<Media weggelaten>",
        "afbeelding weggelaten",
        "video weggelaten",
        "audio weggelaten",
        "sticker weggelaten",
        "GIF weggelaten",
        "document weggelaten",
        "videonotitie weggelaten",
        "bestand weggelaten",
        "media weggelaten",
    ),
    contacts=("Visitekaartje weggelaten", "contactkaart weggelaten", "contact weggelaten"),
    deleted=(
        "Dit bericht is verwijderd(?: door (?:de )?beheerder(?: .*)?)?",
        "(?:U|Je) (?:hebt|heeft) dit bericht verwijderd",
    ),
    edited=("Dit bericht is bewerkt",),
    locations=("Locatie",),
    live_locations=("live locatie gedeeld", "livelocatie gedeeld"),
    polls=(("PEILING", "OPTIE"),),
    calls=(
        "Gemist spraakgesprek",
        "Gemist videogesprek",
        "Gemiste spraakoproep",
        "Gemiste video-oproep",
        "Gemiste groepsspraakoproep",
        "Gemiste groepsvideo-oproep",
        "Spraakoproep",
        "Video-oproep",
        "Spraakgesprek",
        "Videogesprek",
    ),
)
