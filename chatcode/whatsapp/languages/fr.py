"""French."""

from __future__ import annotations

from ..language import Language

_HAS = "(?:a|avez)"
_THIS = "(?:du groupe|de ce groupe|le groupe)"
_DID = "(?:changé|modifié|supprimé|retiré|ajouté|mis à jour)"
_E = r"(?:\(e\)|e|·e)?s?"

FRENCH = Language(
    code="fr",
    you=("vous",),
    conjunctions=("et",),
    others=r"\d+ autres?(?: personnes| participants| membres)?",
    tap=r"(?:Appuyez|Touchez|Cliquez|Tapez)\b",
    notices=(
        ("encryption", r".*(?:chiffrée?s?|chiffrement) de bout en bout\b.*"),
        ("other", "(?:Votre|Le) code de sécurité (?:avec|de) <whom> a changé"),
        ("created", f"<who> {_HAS} créé (?:le|ce|un) groupe(?: <name>)?"),
        ("created", "(?:Le |Ce )?[Gg]roupe(?: <name>)? a été créé(?: par <who>)?"),
        (
            "subject",
            f"<who> {_HAS} (?:changé|modifié) (?:le sujet|le nom|l['’]objet|le titre)(?: {_THIS})?"
            "(?: (?:de )?<name>)? (?:à|en|pour|par|vers) <name>",
        ),
        ("subject", f"<who> {_HAS} renommé le groupe en <name>"),
        ("subject", f"<who> {_HAS} {_DID} (?:le sujet|le nom|l['’]objet|le titre)(?: {_THIS})?"),
        ("icon", f"<who> {_HAS} {_DID} (?:l['’]icône|l['’]image|la photo)(?: {_THIS})?"),
        ("description", f"<who> {_HAS} {_DID} la description(?: {_THIS})?"),
        (
            "number_changed",
            f"<who> {_HAS} (?:changé (?:de|son|leur|votre) numéro(?: de téléphone)?|un nouveau numéro"
            f"(?: de téléphone)?)"
            "(?: pour (?:un nouveau numéro|<whom>))?",
        ),
        ("number_changed", "<who> a changé pour <whom>"),
        ("number_changed", "<who> est passée?(?:\\(e\\))? à <whom>"),
        (
            "admin",
            f"<whom> (?:êtes|est|sont) (?:désormais|maintenant) (?:un )?admin(?:istrateur|istratrice)?{_E}",
        ),
        ("admin", r"<whom> (?:n['’]êtes|n['’]est) plus (?:un )?admin(?:istrateur|istratrice)?(?:\(e\))?"),
        ("admin", f"<who> {_HAS} nommé <whom> admin(?:istrateur|istratrice)?"),
        ("admin", r".*(?:approbation des admin|approuvée?s? par (?:un|les) admin).*"),
        (
            "other",
            f"<who> {_HAS} {_DID} (?:ce groupe|le groupe|les paramètres|la communauté|un message)\\b.*",
        ),
        (
            "joined",
            f"<who> {_HAS} rejoint(?: le groupe| ce groupe)?"
            r"(?: (?:via|en utilisant|avec|grâce au?|depuis|à l['’]aide d[eu]) .*(?:lien|communauté)\b.*)?",
        ),
        ("left", f"<who> (?:est|êtes) (?:parti{_E}|sorti{_E})(?: du groupe)?"),
        ("left", f"<who> {_HAS} quitté(?: le groupe| ce groupe)?"),
        ("added", r"<who> vous (?:a|ont) ajouté(?:\(e\)|e)?"),
        ("removed", r"<who> vous (?:a|ont) (?:retiré|supprimé|exclu|enlevé)(?:\(e\)|e)?"),
        ("added", f"<whom> (?:a|avez|ont) été ajouté{_E}(?: par <who>)?"),
        ("removed", f"<whom> (?:a|avez|ont) été (?:retiré|supprimé|exclu|enlevé){_E}(?: par <who>)?"),
        ("added", f"<who> {_HAS} ajouté <whom>"),
        ("removed", f"<who> {_HAS} (?:retiré|supprimé|exclu|enlevé) <whom>"),
        ("call", r"Appel (?:vocal|vidéo)(?: de groupe)? manqué(?: à .*)?"),
        ("other", f"<who> {_HAS} (?:activé|désactivé|épinglé|démarré|modifié|changé|mis) .*"),
    ),
    files=("fichier joint",),
    attached=("pièce jointe",),
    omitted=(
        "<Médias omis>",
        "<Fichier omis>",
        "image absente",
        "vidéo absente",
        "audio omis",
        "sticker omis",
        "GIF retiré",
        "document manquant",
        "note vidéo absente",
        "message vidéo absent",
        "<Média manquant>",
        "<Médias absente>",
        "<Média manquante>",
    ),
    contacts=("Fiche contact manquante", "Carte de contact omise", "carte contact omise"),
    deleted=(
        "Ce message a été supprimé(?: par (?:l['’])?admin(?:istrateur)?(?: .*)?)?",
        "Vous avez supprimé ce message",
    ),
    edited=("Ce message a été modifié",),
    locations=("Localisation", "Position"),
    live_locations=("Localisation en direct partagée", "Position en direct partagée"),
    polls=(("SONDAGE", "OPTION"),),
    calls=(
        "Appel vocal manqué",
        "Appel vidéo manqué",
        "Appel vocal de groupe manqué",
        "Appel vidéo de groupe manqué",
        "Appel vocal",
        "Appel vidéo",
    ),
)
