"""Spanish, of Spain and of Latin America."""

from __future__ import annotations

from ..language import Language

_GROUP = "(?:el|este) grupo"
_OF_GROUP = "(?:del|de este) grupo"
_CHANGED = "(?:cambi(?:ó|aste)|modific(?:ó|aste)|elimin(?:ó|aste)|actualiz(?:ó|aste))"
_SUBJECT = "(?:el asunto|el nombre)"

SPANISH = Language(
    code="es",
    you=("tú", "tu", "usted", "ti"),
    conjunctions=("y", "e"),
    others=r"(?:otr[oa]s )?\d+ (?:personas |participantes )?(?:más|otr[oa]s)|otr[oa]s \d+(?: personas)?",
    tap=r"(?:Toca|Pulsa|Haz clic|Tocá|Presiona)\b",
    notices=(
        ("encryption", r".*(?:cifrad[oa]s?|cifrado) de extremo a extremo\b.*"),
        ("other", "(?:Tu|El) código de seguridad (?:con|de) <whom> (?:ha cambiado|cambió)"),
        ("other", "Cambió tu código de seguridad con <whom>"),
        ("created", f"(?:<who> (?:creó|ha creado)|Creaste|Has creado) {_GROUP}(?: <name>)?"),
        ("created", f"Se creó {_GROUP}(?: <name>)?"),
        (
            "subject",
            f"(?:<who> (?:cambió|ha cambiado)|Cambiaste|Has cambiado) {_SUBJECT}(?: {_OF_GROUP})?"
            "(?: de <name>)? (?:a|por) <name>",
        ),
        ("subject", f"(?:<who> )?{_CHANGED} {_SUBJECT}(?: {_OF_GROUP})?"),
        (
            "icon",
            f"(?:<who> )?(?:{_CHANGED}|ha cambiado|[Cc]ambiaste) (?:el ícono|el icono|la imagen|la "
            f"foto) {_OF_GROUP}",
        ),
        ("icon", f"Cambiaste (?:el ícono|el icono|la imagen|la foto) {_OF_GROUP}"),
        ("description", f"(?:<who> )?(?:{_CHANGED}|ha cambiado|[Cc]ambiaste) la descripción {_OF_GROUP}"),
        (
            "number_changed",
            "<who> (?:cambió|ha cambiado) (?:su|de) número(?: de teléfono)?(?: (?:a|por) (?:uno "
            "nuevo|<whom>))?",
        ),
        ("number_changed", "<who> (?:cambió|ha cambiado) a un (?:nuevo número|número nuevo)"),
        ("number_changed", "<who> tiene un (?:nuevo número|número nuevo)(?: de teléfono)?"),
        ("number_changed", "<who> (?:cambió|ha cambiado) (?:a|por) <whom>"),
        ("admin", r"Ahora eres (?:un )?admin(?:istrador|istradora)?\.?(?: del grupo)?"),
        ("admin", r"Ya no eres (?:un )?admin(?:istrador|istradora)?\.?(?: del grupo)?"),
        ("admin", r"<whom> (?:ahora es|ya no es) (?:un )?admin(?:istrador|istradora)?\.?(?: del grupo)?"),
        ("admin", r"(?:<who> )?.*aprobación de (?:los |un )?admin.*"),
        (
            "other",
            r"(?:<who> )?(?:[Aa]ñadi|[Aa]greg|[Ee]limin)(?:ó|ste|aste) (?:este grupo|el grupo|la "
            r"comunidad)\b.*",
        ),
        (
            "other",
            r"(?:<who> )?(?:[Cc]ambió|[Cc]ambiaste|ha cambiado) (?:los ajustes|la configuración|las "
            r"opciones)\b.*",
        ),
        (
            "joined",
            "(?:<who> se (?:unió|ha unido)|Te (?:uniste|has unido))(?: al grupo| a este grupo)?"
            r"(?: (?:usando|mediante|con|a través de|desde|por) .*(?:enlace|comunidad|link)\b.*)?",
        ),
        (
            "left",
            r"(?:<who> (?:salió|ha salido|abandonó)|Saliste|Has salido)(?: del grupo| de este grupo| "
            r"el grupo)?",
        ),
        ("added", "<who> te (?:añadió|agregó|ha añadido)"),
        ("removed", "<who> te (?:eliminó|sacó|ha eliminado)"),
        ("added", "(?:Añadiste|Agregaste|Has añadido) a <whom>"),
        ("removed", "(?:Eliminaste|Sacaste|Has eliminado) a <whom>"),
        ("added", "Se (?:añadió|agregó|ha añadido) a <whom>"),
        ("removed", "Se (?:eliminó|ha eliminado) a <whom>"),
        ("added", "<whom> fue (?:añadido|agregado|añadida|agregada)(?: por <who>)?"),
        ("removed", "<whom> fue (?:eliminado|eliminada)(?: por <who>)?"),
        ("added", "Fuiste (?:añadido|agregado|añadida|agregada)(?: por <who>)?"),
        ("added", "<who> (?:añadió|agregó|ha añadido) a <whom>"),
        ("removed", "<who> (?:eliminó|sacó|ha eliminado) a <whom>"),
        ("call", r"(?:Llamada|Videollamada)(?: de voz| grupal)* perdida(?: a las .*)?"),
        ("other", "<who> (?:activó|desactivó|fijó|inició|actualizó|cambió) .*"),
    ),
    files=("archivo adjunto", "archivo adjuntado"),
    attached=("adjunto",),
    omitted=(
        "<Multimedia omitido>",
        "<Archivo omitido>",
        "<Archivos omitido>",
        "imagen omitida",
        "video omitido",
        "vídeo omitido",
        "audio omitido",
        "sticker omitido",
        "GIF omitido",
        "documento omitido",
        "nota de video omitida",
        "mensaje de video omitido",
        "Videomensaje omitido",
    ),
    contacts=("Tarjeta de contacto omitida", "contacto omitido"),
    deleted=(
        r"Se eliminó este mensaje",
        r"Eliminaste este mensaje(?: como admin\.?)?",
        r"Este mensaje (?:fue|ha sido) eliminado(?: por (?:el )?admin(?:\.|istrador)?(?: .*)?)?",
        r"El admin\.?(?: .*)? eliminó este mensaje",
    ),
    edited=("Se editó este mensaje", "Este mensaje fue editado", "Mensaje editado"),
    locations=("Ubicación",),
    live_locations=("ubicación en tiempo real compartida",),
    polls=(("ENCUESTA", "OPCIÓN"),),
    calls=(
        "Llamada perdida",
        "Videollamada perdida",
        "Llamada de voz perdida",
        "Llamada grupal perdida",
        "Videollamada grupal perdida",
        "Llamada de voz",
        "Videollamada",
        "Llamada",
    ),
)
