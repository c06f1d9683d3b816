"""German."""

from __future__ import annotations

from ..language import Language

_HAS = "(?:hat|hast)"
_GROUP = "(?:die|diese|der|dieser) Gruppe"
_CHANGED = "(?:geändert|gelöscht|entfernt|aktualisiert|hinzugefügt)"
_SUBJECT = "(?:den Betreff|den Gruppennamen|den Namen der Gruppe|den Gruppenbetreff)"
_ICON = "(?:das Gruppenbild|das Gruppensymbol|das Bild der Gruppe|das Symbol dieser Gruppe)"
_DESCRIPTION = "(?:die Gruppenbeschreibung|die Beschreibung der Gruppe|die Beschreibung)"
_LINK = "(?:mithilfe|mit|über|per|via) .*(?:[Ll]inks?)(?: dieser Gruppe| der Gruppe)?"

GERMAN = Language(
    code="de",
    you=("du", "dich", "dir"),
    conjunctions=("und",),
    others=r"\d+ (?:weiteren?|andere[nr]?)(?: Personen| Teilnehmern?| Mitglieder)?",
    tap=r"(?:Tippe|Tippen|Klicke|Antippen)\b",
    notices=(
        ("encryption", r".*Ende-zu-Ende-[Vv]erschlüssel(?:t|ung)\b.*"),
        ("other", "(?:Deine|Die) Sicherheits(?:nummer|code) (?:für|von|mit) <whom> hat sich geändert"),
        ("other", "Dein Sicherheitscode (?:für|mit) <whom> hat sich geändert"),
        ("created", f"<who> {_HAS} (?:die|diese) Gruppe(?: <name>)? erstellt"),
        ("created", "(?:Die |Diese )?Gruppe(?: <name>)? wurde(?: von <who>)? erstellt"),
        ("subject", f"<who> {_HAS} {_SUBJECT}(?: von <name>)? (?:zu|in|auf) <name> geändert"),
        ("subject", f"<who> {_HAS} {_SUBJECT} {_CHANGED}"),
        ("icon", f"<who> {_HAS} {_ICON} {_CHANGED}"),
        ("description", f"<who> {_HAS} {_DESCRIPTION} {_CHANGED}"),
        ("number_changed", f"<who> {_HAS} eine neue (?:Telefonn|N|Handyn)ummer"),
        (
            "number_changed",
            f"<who> {_HAS} (?:seine|ihre|die|deine)(?:/ihre)? (?:Telefonn|Handyn|N)ummer"
            "(?: (?:zu|in|auf) (?:einer neuen Nummer|eine neue Nummer|<whom>))? (?:geändert|gewechselt)",
        ),
        ("number_changed", f"<who> {_HAS} zu <whom> gewechselt"),
        ("admin", "<whom> (?:ist|bist|sind) jetzt (?:ein |eine )?(?:Gruppen)?[Aa]dmins?"),
        ("admin", "<whom> (?:ist|bist) (?:kein|nicht mehr) (?:Gruppen)?[Aa]dmin(?: mehr)?"),
        ("admin", f"<who> {_HAS} <whom> zum (?:Gruppen)?[Aa]dmin gemacht"),
        ("admin", r".*(?:Admin-Genehmigung|Bestätigung durch Admins|von (?:einem|den) Admins? genehmigt).*"),
        (
            "other",
            f"<who> {_HAS} (?:{_GROUP}|eine Nachricht|selbstlöschende Nachrichten|die Community|"
            r"die (?:Gruppen)?[Ee]instellungen)\b.*(?:Community|geändert|aktiviert|deaktiviert|"
            r"angepinnt|angeheftet|fixiert|entfernt|hinzugefügt|ein|aus)\b.*",
        ),
        ("joined", f"<who> (?:ist|bist)(?: {_GROUP})? {_LINK} beigetreten"),
        ("joined", f"<who> (?:ist|bist)(?: {_GROUP})?(?: über die Community)? beigetreten"),
        ("left", f"<who> {_HAS} {_GROUP} verlassen"),
        ("added", f"<who> {_HAS} <whom> hinzugefügt"),
        ("added", "<whom> (?:wurde|wurdest|wurden)(?: von <who>)? hinzugefügt"),
        ("removed", f"<who> {_HAS} <whom> entfernt"),
        ("removed", "<whom> (?:wurde|wurdest|wurden)(?: von <who>)? entfernt"),
        ("call", r"Verpasster? .*(?:[Aa]nruf|[Cc]hat)(?: um .*)?"),
        ("other", f"<who> {_HAS} .*(?:geändert|gestartet|aktiviert|deaktiviert|angepinnt|angeheftet).*"),
    ),
    files=("Datei angehängt",),
    attached=("Anhang", "angehängt"),
    omitted=(
        "<Medien ausgeschlossen>",
        "<Medien weggelassen>",
        "Bild weggelassen",
        "Video weggelassen",
        "Audio weggelassen",
        "Sticker weggelassen",
        "GIF weggelassen",
        "Dokument weggelassen",
        "Videonachricht weggelassen",
        "<Medien fehlen>",
    ),
    contacts=("Kontaktkarte ausgelassen", "Kontaktkarte weggelassen", "Kontakt weggelassen"),
    deleted=(
        "Diese Nachricht wurde(?: von (?:einem )?Admin(?: .*)?)? gelöscht",
        "Du hast diese Nachricht(?: als Admin)? gelöscht",
    ),
    edited=("Diese Nachricht wurde bearbeitet", "Nachricht bearbeitet"),
    locations=("Standort",),
    live_locations=("Live-Standort wird geteilt",),
    polls=(("UMFRAGE", "OPTION"),),
    calls=(
        "Verpasster Sprachanruf",
        "Verpasster Videoanruf",
        "Verpasster Gruppenanruf",
        "Sprachanruf",
        "Videoanruf",
    ),
)
