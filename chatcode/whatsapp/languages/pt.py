"""Portuguese, of Brazil and of Portugal."""

from __future__ import annotations

from ..language import Language

_GROUP = "(?:o|este|esse) grupo"
_OF_GROUP = "(?:do|deste|desse) grupo"
_CHANGED = "(?:mudou|alterou|removeu|apagou|atualizou)"
_LINK = (
    r"(?:usando|através d|por meio d|com|via|pel|a partir d)[oae]? ?(?:o |um |uma )?"
    r"(?:link|ligação|convite|comunidade)\b.*"
)

PORTUGUESE = Language(
    code="pt",
    you=("você", "tu", "te"),
    conjunctions=("e",),
    others=r"(?:mais|outr[oa]s) \d+(?: pessoas| participantes)?|\d+ (?:outr[oa]s|outras pessoas|pessoas)",
    tap=r"(?:Toque|Clique|Toca)\b",
    notices=(
        (
            "encryption",
            r".*(?:criptografi?a(?:d[oa]s)?|encriptad[oa]s|encriptação)(?: de)? pont[oa](?: |-)a(?: "
            r"|-)pont[oa]\b.*",
        ),
        ("other", "(?:O seu|Seu|O) código de segurança (?:partilhado )?(?:com|de) <whom> mudou"),
        ("created", f"<who> criou {_GROUP}(?: <name>)?"),
        ("created", f"Criou {_GROUP}(?: <name>)?"),
        (
            "subject",
            f"<who> (?:mudou|alterou) (?:o nome|o assunto)(?: {_OF_GROUP})?(?: de <name>)? (?:para|a) <name>",
        ),
        ("subject", f"<who> {_CHANGED} (?:o nome|o assunto)(?: {_OF_GROUP})?"),
        ("icon", f"<who> {_CHANGED} (?:a imagem|o ícone|a foto) {_OF_GROUP}"),
        ("description", f"<who> {_CHANGED} a descrição(?: {_OF_GROUP})?"),
        (
            "number_changed",
            "<who> (?:mudou|alterou) (?:o (?:seu )?|seu |de )número(?: de (?:telefone|telemóvel))?"
            "(?: para (?:um novo número|<whom>))?",
        ),
        ("number_changed", "<who> (?:mudou|alterou) para um novo número"),
        ("number_changed", "<who> tem um novo número(?: de telefone)?"),
        ("number_changed", "<who> mudou para <whom>"),
        (
            "admin",
            r"(?:Agora você|Você agora|<whom> agora) é (?:um |uma )?admin(?:istrador|istradora)?\.?"
            r"(?: do grupo)?",
        ),
        ("admin", r"(?:É|Passou a ser|Agora é) (?:agora )?(?:um )?admin(?:istrador)?\.?(?: do grupo)?"),
        ("admin", r"<whom> não é mais (?:um |uma )?admin(?:istrador|istradora)?\.?(?: do grupo)?"),
        ("admin", r".*aprovação (?:do|de|dos) admin.*"),
        ("other", r"<who> (?:adicionou|removeu) (?:este grupo|o grupo|a comunidade|uma mensagem)\b.*"),
        ("other", r"<who> (?:mudou|alterou) (?:as configurações|as definições)\b.*"),
        (
            "joined",
            f"<who> (?:entrou|aderiu|juntou-se)(?: no grupo| ao grupo| neste grupo| a este grupo)? {_LINK}",
        ),
        ("joined", "<who> entrou(?: no grupo| neste grupo)?"),
        ("left", "<who> saiu(?: do grupo| deste grupo)?"),
        ("added", "<whom> (?:foi|foram) adicionad[oa]s?(?:\\(a\\))?(?: por <who>)?"),
        ("added", "<who> (?:te adicionou|adicionou-te|adicionou-o)"),
        ("added", "<who> adicionou <whom>"),
        ("removed", "<whom> (?:foi|foram) removid[oa]s?(?:\\(a\\))?(?: por <who>)?"),
        ("removed", "<who> (?:te removeu|removeu-te|removeu-o)"),
        ("removed", "<who> removeu <whom>"),
        (
            "call",
            r"(?:Chamada|Ligação|Videochamada)(?: de voz| de vídeo| em grupo| de grupo)* perdida(?: "
            r"às .*)?",
        ),
        ("other", "<who> (?:ativou|desativou|fixou|iniciou|mudou|alterou|atualizou) .*"),
    ),
    files=("arquivo anexado", "ficheiro anexado"),
    attached=("anexado", "anexo"),
    omitted=(
        "<Mídia oculta>",
        "<Mídia omitida>",
        "<Arquivo de mídia oculto>",
        "<Ficheiro não revelado>",
        "<Média omitido>",
        "<Mídia omis>",
        "imagem ocultada",
        "imagem oculta",
        "imagem não revelada",
        "vídeo ocultado",
        "vídeo oculto",
        "vídeo omitido",
        "vídeo não revelado",
        "áudio ocultado",
        "áudio oculto",
        "áudio omitido",
        "ficheiro de áudio não revelado",
        "figurinha omitida",
        "sticker não revelado",
        "sticker omitido",
        "GIF omitido",
        "GIF não revelada",
        "documento omitido",
        "documento não revelado",
        "mensagem de vídeo omitida",
        "recado de vídeo omitido",
    ),
    contacts=("Cartão do contato omitido", "Contacto não revelado", "contato omitido"),
    deleted=(
        r"Mensagem apagada(?: (?:por|pelo) admin(?:istrador)?(?: .*)?)?",
        "(?:Você apagou|Apagou) esta mensagem",
        r"(?:Esta|Essa) mensagem foi (?:apagada|eliminada)(?: (?:por|pelo) (?:remetente|admin"
        r"(?:istrador)?)(?: .*)?)?",
        "(?:Eliminou|Eliminaste|Apagaste) esta mensagem",
    ),
    edited=("Mensagem editada", "Esta mensagem foi editada"),
    locations=("Localização",),
    live_locations=(
        "localização atual compartilhada",
        "localização em tempo real compartilhada",
        "Está a partilhar a sua localização",
    ),
    polls=(("ENQUETE", "OPÇÃO"), ("SONDAGEM", "OPÇÃO")),
    calls=(
        "Chamada de voz perdida",
        "Chamada de vídeo perdida",
        "Videochamada perdida",
        "Ligação de voz perdida",
        "Ligação de vídeo perdida",
        "Chamada de voz",
        "Chamada de vídeo",
        "Ligação de voz",
        "Ligação de vídeo",
    ),
)
