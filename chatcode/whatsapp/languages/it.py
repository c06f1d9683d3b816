"""Italian."""

from __future__ import annotations

from ..language import Language

_HAS = "(?:<who> ha|Hai)"
_OF_GROUP = "(?:del|di questo) gruppo"
_CHANGED = "(?:cambiato|modificato|eliminato|rimosso|aggiornato)"
_SUBJECT = "(?:l['’]oggetto|il nome)"
_LINK = r"(?:usando|tramite|con|attraverso|dalla|mediante) .*(?:link|community|comunità)\b.*"

ITALIAN = Language(
    code="it",
    you=("tu", "te", "ti"),
    conjunctions=("e", "ed"),
    others=r"(?:altr[ie] )?\d+(?: altr[ie])?(?: persone| partecipanti)?",
    tap=r"(?:Tocca|Clicca|Fai clic)\b",
    notices=(
        ("encryption", r".*(?:crittografat[ieoa]|crittografia) end-to-end\b.*"),
        ("other", "(?:Il tuo|Il) codice di sicurezza (?:con|di) <whom> è cambiato"),
        ("created", f"{_HAS} creato (?:il|questo) gruppo(?: <name>)?"),
        (
            "subject",
            f"{_HAS} (?:cambiato|modificato) {_SUBJECT}(?: {_OF_GROUP})?(?: da <name>)? (?:a|in) <name>",
        ),
        ("subject", f"{_HAS} {_CHANGED} {_SUBJECT}(?: {_OF_GROUP})?"),
        ("icon", f"{_HAS} {_CHANGED} (?:l['’]immagine|l['’]icona|la foto)(?: {_OF_GROUP})?"),
        ("description", f"{_HAS} {_CHANGED} la descrizione(?: {_OF_GROUP})?"),
        (
            "number_changed",
            f"{_HAS} cambiato (?:il (?:suo |proprio |tuo )?)?numero(?: di telefono)?"
            "(?: (?:in|con) (?:un nuovo numero|uno nuovo|<whom>))?",
        ),
        ("number_changed", "<who> ha un nuovo numero(?: di telefono)?"),
        ("number_changed", "<who> è (?:stato cambiato (?:con|in)|passat[oa] a) <whom>"),
        ("number_changed", "<who> ha cambiato in <whom>"),
        (
            "admin",
            "(?:Ora sei|Non sei più) (?:un |un['’])?(?:amministratore|amministratrice|admin)(?: del gruppo)?",
        ),
        ("admin", "<whom> (?:ora è|è ora|non è più) (?:un |un['’])?(?:amministratore|amministratrice|admin)"),
        ("admin", r".*approvazione (?:degli|dell['’]|di un) ?(?:amministrator|admin).*"),
        ("other", f"{_HAS} (?:aggiunto|rimosso) (?:questo gruppo|il gruppo|la community|un messaggio)\\b.*"),
        ("other", f"{_HAS} (?:cambiato|modificato) le impostazioni\\b.*"),
        (
            "joined",
            f"(?:<who> (?:è entrat[oa]|si è unit[oa])|Sei entrat[oa]|Ti sei unit[oa])"
            f"(?: nel gruppo| al gruppo| a questo gruppo)?(?: {_LINK})?",
        ),
        ("left", "(?:<who> ha|Hai) (?:abbandonato|lasciato)(?: il gruppo| questo gruppo)?"),
        ("left", "(?:<who> è|Sei) uscit[oa](?: dal gruppo)?"),
        ("added", "<who> ti ha aggiunt[oa]"),
        ("removed", "<who> ti ha rimoss[oa]"),
        ("added", "<whom> (?:è stat[oa]|sono stat[ie]) aggiunt[oaie](?: da <who>)?"),
        ("removed", "<whom> (?:è stat[oa]|sono stat[ie]) rimoss[oaie](?: da <who>)?"),
        ("added", "Sei stat[oa] aggiunt[oa](?: da <who>)?"),
        ("removed", "Sei stat[oa] rimoss[oa](?: da <who>)?"),
        ("added", f"{_HAS} aggiunto <whom>"),
        ("removed", f"{_HAS} rimosso <whom>"),
        ("call", r"(?:Chiamata|Videochiamata)(?: vocale| di gruppo)* persa(?: alle .*)?"),
        ("other", f"{_HAS} (?:attivato|disattivato|fissato|avviato|aggiornato|cambiato|modificato) .*"),
    ),
    files=("file allegato",),
    attached=("allegato",),
    omitted=(
        "<Media omessi>",
        "<Media omesso>",
        "<Media mancante>",
        "immagine omessa",
        "video omesso",
        "audio omesso",
        "sticker non incluso",
        "sticker omesso",
        "GIF esclusa",
        "documento omesso",
        "videomessaggio omesso",
        "nota video omessa",
    ),
    contacts=("Scheda contatto omessa", "contatto omesso"),
    deleted=(
        r"Questo messaggio è stato eliminato(?: da(?:ll['’]| un )?(?:amministratore|admin)(?: .*)?)?",
        "Hai eliminato questo messaggio(?: come amministratore)?",
    ),
    edited=("Questo messaggio è stato modificato", "Messaggio modificato"),
    locations=("Posizione",),
    live_locations=("posizione attuale condivisa", "posizione in tempo reale condivisa"),
    polls=(("SONDAGGIO", "OPZIONE"),),
    calls=(
        "Chiamata vocale persa",
        "Videochiamata persa",
        "Chiamata vocale di gruppo persa",
        "Videochiamata di gruppo persa",
        "Chiamata vocale",
        "Videochiamata",
    ),
)
