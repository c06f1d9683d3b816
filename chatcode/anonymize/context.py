"""What a sentence says about a word that may be a name: for (positive) or against (negative)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from chatcode.anonymize.folding import fold, word_set
from chatcode.anonymize.names import LETTERS, PARTICLES, ROLE_WORDS, TITLES

_TOKEN = re.compile(LETTERS)


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text with its place and its folded form."""

    text: str
    folded: str
    start: int
    end: int

    @property
    def capital(self) -> bool:
        """Does it begin with a capital?"""
        return self.text[0].isupper()


def tokens_of(text: str) -> list[Token]:
    """Split a text into its words."""
    return [
        Token(match.group(), fold(match.group()), match.start(), match.end())
        for match in _TOKEN.finditer(text)
    ]


# Words before a name that announce it: titles and kin, then ways to say what somebody is called.
KIN = word_set(
    """
    zoontje dochtertje zoon dochter broer broertje zus zusje neef neefje nicht nichtje moeder vader
    vrouw man vriend vriendin vriendje kleinzoon kleindochter kleinkind schoonzoon schoondochter
    schoonmoeder schoonvader zwager collega maat oppas hond baas eigenaar huisbaas verhuurder
    buurjongen buurmeisje overbuurman overbuurvrouw onderbuurman bovenbuurman benedenbuurvrouw juf
    meester advocaat dokter docent coach trainer huisarts tandarts aannemer loodgieter schilder
    jongen meisje peuter kleuter baby kind ex partner verloofde bewoner bewoonster
    """
)
CALLED = word_set(
    """
    heet heette heten hete geheten genaamd genoemd ene naam namens tnv alias bijgenaamd noem noemt
    noemen noemde achternaam voornaam roepnaam
    """
)
_GREETING = word_set(
    """
    hoi hallo hey hee hi ha dag moi goedemorgen goeiemorgen goedemiddag goeiemiddag goedenavond
    goeieavond goeienavond morgen middag avond yo beste lieve geachte dank dankje dankjewel bedankt
    thanks thx thnx merci sorry welkom gefeliciteerd gefelicieteerd proficiat sterkte beterschap
    groet groeten groetjes gr grtz grt mvg liefs xx xxx top klopt joh jeetje hoor nou ja nee ok oke
    eens super helemaal toppie complimenten hulde salaam selam
    """
)
_BEFORE = word_set(
    """
    met aan bij van door voor naar tegen over namens zonder bel app vraag vragen gevraagd gesproken
    sprak zag gezien ken kent dat als of want dus en ook want volgens via was is wie onze ons oma
    opa tante oom geef geeft help helpt ziet zien hoort gebeld geappt
    """
)
_VERBS = word_set(
    """
    heeft had zegt zei kan kun kon komt kwam gaat ging weet wist wil wilde wou moet moest zag ziet
    belt belde appt appte schrijft schreef vraagt vroeg woont woonde staat stond loopt liep rijdt
    reed zit zat krijgt kreeg doet deed denkt dacht bedankt hoort hoorde maakt maakte regelt regelde
    speelt speelde werkt werkte helpt hielp kookt draait zoekt zocht neemt nam brengt bracht leest
    las keek kijkt hoeft mag mocht zal zou ben bent heb heeft komt vertelde vertelt meldt meldde
    laat liet houdt hield vindt vond geeft gaf blijft bleef belde zoekt slaapt sliep ligt lag
    verkoopt verhuist verhuisde beheert
    """
)
# What things do as well as people: said of a word it tells less.
_STATES = word_set(
    """
    is was staat stond ligt lag zit zat hangt hing komt kwam gaat ging wordt werd blijft bleef
    begint begon valt viel doet deed
    """
)
_DONE = word_set(
    """
    gevraagd gebeld gesproken gezien geappt gehoord gemist gemaild gewaarschuwd gebeld geroepen
    genoemd ontmoet bedankt
    """
)
_SHOW = word_set(
    """
    es eens even ff effe effen de het een t n je jouw mij ons maar dan alleen hem haar m
    """
)
ABBREVIATED = word_set("dhr mevr mw mr dr drs fam ing ir prof ds mej mrs ms hr")
_YOU = word_set("jij je jou jouw u uw jullie gij ge zelf hier haar zn zijn der m hem")
_DETERMINERS = word_set(
    """
    de het een n t die dat deze dit geen elke ieder iedere alle veel wat mijn mn je jouw jullie zijn
    zn haar hun onze ons uw welke welk zulke zo n paar halve hele grote kleine mooie dikke vette
    harde nieuwe oude lekkere gele rode witte zwarte blauwe groene grijze stevige zware goede goeie
    """
)
_SUBJECTS = word_set(
    """
    ik we wij ze zij hij jij je u jullie men iemand niemand wie die dat ie gij ge
    """
)
# Words that are never the second part of a name, however they are written.
COMMON = (
    _GREETING
    | _BEFORE
    | _VERBS
    | _YOU
    | _DETERMINERS
    | _SUBJECTS
    | _STATES
    | word_set(
        """
    er hier daar waar toen nu niet wel nog al maar om op in uit te tot ten ter wat hoe waarom
    wanneer straks vandaag morgen gisteren vanavond vannacht vanmiddag vanochtend net weer even eens
    misschien iemand iets alles niets ja nee ok graag wil jullie hebben zijn worden kunnen moeten
    gaan komen let zie kijk kom ga doe mag mocht hebt hadden waren werden the and is in on at we you
    """
    )
) - {"beste", "lieve", "morgen"}
# Names that are also verbs: before `je` and after `ik` they are the verb.
_VERB_NAMES = word_set("toon wil ken ben leen kent bent kan mag lees roep bel")
_OPENING = re.compile(r"[.!?:;\n…\"“”(]\s*\W*$|^\W*$")


_ASKED = word_set("jij je jou jullie u gij")
_OWNS = re.compile(r"['\u2019]s\s")
_LIVES = re.compile(
    r"\s(?:van|op|uit|v)\s(?:nr\.?\s?|nummer\s)?\d{1,3}[a-z]?(?!\w|[.,:]\d|\s?(?:jaar|uur|jr))"
)


def _listed(text: str, tokens: Sequence[Token], place: int) -> bool:
    """Is it the first of an enumeration: `Roos, lavendel, ...`?"""
    following = tokens[place + 1]
    return text[following.end : following.end + 1] == ","


def begins_sentence(text: str, token: Token) -> bool:
    """Is the word the first of its sentence, where a capital says nothing?"""
    return _OPENING.search(text[max(0, token.start - 8) : token.start]) is not None


def shouted(text: str, tokens: Sequence[Token]) -> bool:
    """Is (nearly) everything in capitals, so that a capital says nothing?"""
    letters = sum(len(token.text) for token in tokens if len(token.text) > 1)
    capitals = sum(len(token.text) for token in tokens if len(token.text) > 1 and token.text.isupper())
    return letters > 0 and capitals * 2 > letters


def evidence(text: str, tokens: Sequence[Token], place: int, *, loud: bool) -> float:
    """Weigh what stands around a word: above 0 it speaks for a name, below 0 for a plain word."""
    token = tokens[place]
    before = tokens[place - 1] if place else None
    after = tokens[place + 1] if place + 1 < len(tokens) else None
    left = text[before.end : token.start] if before else text[: token.start]
    right = text[token.end : after.start] if after else text[token.end :]
    opening = begins_sentence(text, token)
    score = 0.0
    if token.capital and not loud:
        score += 0.5 if opening else 2.0
    elif not loud and text[:1].isupper():
        score -= 0.5
    close = (
        before is not None
        and not opening
        and (left.strip() == "" or (left.strip() == "." and before.folded in ABBREVIATED))
    )
    if before is not None and (close or left.strip() == ","):
        word = before.folded
        if close and (word in TITLES or word in ROLE_WORDS):
            score += 1.5
        elif close and word in KIN:
            score += 1.0 if token.capital else 0.5
        elif close and word in CALLED:
            score += 2.0
        elif word in _GREETING:
            score += 1.5
        elif close and word in _DETERMINERS:
            score -= 2.5
        elif close and word in _SUBJECTS:
            score -= 1.5
        elif close and word in _BEFORE:
            score += 0.75
    if after is not None:
        word = after.folded
        verb_name = token.folded in _VERB_NAMES
        if right == " ":
            if verb_name and (word in _YOU or word in _SHOW):
                score -= 1.5
            elif word in _STATES:
                score += 0.5
            elif word in _VERBS or word in _YOU or word in _DONE:
                score += 1.0
            elif word in PARTICLES and len(tokens) > place + 2 and tokens[place + 2].capital and not loud:
                score += 0.5
            if opening and not verb_name and len(tokens) > place + 2 and tokens[place + 2].folded in _ASKED:
                score += 1.0
        if right.startswith(",") and (opening or left.rstrip().endswith(",")):
            score += 0.0 if _listed(text, tokens, place) else 1.0
        if right.startswith(", ") and after.capital and not loud and not opening:
            score += 0.5
        if right.strip() == "&":
            score += 1.0
    if _OWNS.match(text, token.end):
        score += 1.5
    if _LIVES.match(text, token.end):
        score += 1.5
    if right.lstrip()[:1] in {"?", "!", ""} and left.rstrip().endswith(","):
        score += 1.0
    if "@" in left[-2:]:
        score += 3.0
    return score
