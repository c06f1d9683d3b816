import pytest

from chatcode.anonymize.identifiers import find
from chatcode.anonymize.numbers import e164


def kinds(text: str) -> list[tuple[str, str]]:
    return [(found.kind, text[found.start : found.end]) for found in find(text) if found.kind]


@pytest.mark.parametrize(
    "number",
    [
        "06-51732806", "06 51 73 28 06", "06.28.91.44.07", "06/53 81 97 40", "(06) 27 90 51 38",
        "O6 20841973",
        "+31 6 83 20 57 16", "+31(0)638210947", "0031 6 3391 0047", "+31 (0)50 318 42 77", "013-544 81 26",
        "(013) 5 80 41 77", "036 – 841 77 03", "085 - 303 91 74", "+48 601 773 215", "0044 7700 900418",
        "+5999 512 38 40", "06\u201157 30 81 44", "0651732806",
    ],
)  # fmt: skip
def test_telephone_numbers_in_every_writing(number):
    assert kinds(f"bel {number} even") == [("telefoon", number)]


def test_one_number_has_one_value():
    assert {
        e164(raw) for raw in ("06-51732806", "+31 6 51 73 28 06", "0031651732806", "+31(0)651732806")
    } == {"+31651732806"}


def test_a_number_in_words():
    assert kinds("bel nul zes 39 40 71 15 maar") == [("telefoon", "nul zes 39 40 71 15")]


@pytest.mark.parametrize(
    "text",
    [
        "bel 112", "bel 0900-8844", "0900 8844 is zo druk", "meld het via 14010", "14 0512 bellen",
        "dierennood 144",
        "0800-7000", "om 19:45 tot 21.30 uur", "tussen 02.00 en 04.30 uur", "op 06-12 is het zover",
        "max 30 km",
        "sinds 1974", "1000 kg zand", "1954 of 1955", "2025 is ons jaar", "1250 handtekeningen",
        "€ 12,50 p.p.", "een CR2032 voor de melder", "het 2026 WK", "de BMW R1200 van hiernaast",
        "keurmerk op www.politiekeurmerk.nl",
        "kijk op politie.nl", "www.rotterdam.nl", "het is weg.nu weer stil",
        "IMG-20250314-WA0007.jpg (bestand bijgevoegd)",
        "melding 20250314-088", "meldnummer 2025067713", "eerdere melding 947619537", "@iedereen let op",
        "pad 4 weken dicht",
        "over 10 minuten", "3 x gebeld", "19 30 km", "van 12-03-2021 tot 15-03-2021",
    ],
)  # fmt: skip
def test_what_coding_needs_is_no_identifier(text):
    assert kinds(text) == []


@pytest.mark.parametrize(
    "plate",
    [
        "XB-12-34", "12-34-XB", "12-XB-34", "XB-12-FG", "XB-FG-12", "12-XB-FG", "12-XKD-7", "1-XKD-23",
        "XB-123-F",
        "X-123-FG", "XKD-12-F", "X-12-FGH", "1-XB-234", "123-XB-4",
    ],
)  # fmt: skip
def test_all_fourteen_sidecodes_with_and_without_dashes(plate):
    for written in (plate, plate.replace("-", ""), plate.replace("-", " "), plate.lower()):
        assert kinds(f"kenteken {written} gezien") == [("kenteken", written)]
    assert [found.value for found in find(f"auto {plate} weg")] == [plate.replace("-", "")]


@pytest.mark.parametrize(
    ("text", "plate"),
    [
        ("Belg 1-ABC-234 staat fout", "1-ABC-234"),
        ("een duitser KLE-RT 806", "KLE-RT 806"),
        ("pools kenteken WGM 7K42", "WGM 7K42"),
        ("kenteken dwl 4k308 stond er weer", "dwl 4k308"),
        ("plaat begint met KX-5 meer zag ik niet", "KX-5"),
        ("laatste stuk van de plaat 88-K", "88-K"),
    ],
)
def test_plates_from_abroad_and_parts_of_one(text, plate):
    assert kinds(text) == [("kenteken", plate)]


@pytest.mark.parametrize(
    ("text", "kind", "raw"),
    [
        ("mail r.vanloon58@ziggo.example graag", "e-mail", "r.vanloon58@ziggo.example"),
        ("hj (at) woonbeheer.example dus", "e-mail", "hj (at) woonbeheer.example"),
        ("zie https://forms.gle/Q7sTzx.", "link", "https://forms.gle/Q7sTzx"),
        ("wa.me/31683205716 is het", "link", "wa.me/31683205716"),
        ("op tikkie.me/pay/4hq8 dus", "link", "tikkie.me/pay/4hq8"),
        ("woont op 9732 TB daar", "postcode", "9732 TB"),
        ("in 5043nb daar", "postcode", "5043nb"),
        ("op NL23 RABO 0312 8844 90 tnv", "rekening", "NL23 RABO 0312 8844 90"),
        ("naar BE26 7310 4482 9129 graag", "rekening", "BE26 7310 4482 9129"),
        ("bsn 9222 60 874 stond erop", "bsn", "9222 60 874"),
        ("sofinummer 91827364", "bsn", "91827364"),
        ("geb. 4 maart 1941 te", "geboortedatum", "4 maart 1941"),
        ("(14-06-2004)", "geboortedatum", "14-06-2004"),
        ("geboren 03/05/'16 en", "geboortedatum", "03/05/'16"),
        ("op snap: ghost.013 dus", "account", "ghost.013"),
        ("Volg @fouad.utr_99 maar", "account", "@fouad.utr_99"),
        ("@31641872093 wil jij", "mention", "@31641872093"),
        ("@\u2068Shu Fen Wong\u2069 is dit", "mention", "@\u2068Shu Fen Wong\u2069"),
        ("Jan de Vries.vcf (bestand bijgevoegd)", "contact", "Jan de Vries.vcf"),
    ],
)
def test_other_identifiers(text, kind, raw):
    assert kinds(text) == [(kind, raw)]


def test_a_slip_in_an_iban_still_identifies():
    assert kinds("NL24 RABO 0312 8844 90") == [("rekening", "NL24 RABO 0312 8844 90")]


def test_offsets_are_code_points():
    text = "🚗🚗 12-XKD-7 🇸🇷 06-51732806"
    assert kinds(text) == [("kenteken", "12-XKD-7"), ("telefoon", "06-51732806")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("bel 06 12 34 56 78\n12 flessen", ["06 12 34 56 78"]),
        ("IBAN NL91 ABNA 0417 1643 00\n12/01/2020", ["NL91 ABNA 0417 1643 00"]),
        ("06-12345678\n06-87654321", ["06-12345678", "06-87654321"]),
    ],
)
def test_a_number_ends_with_its_line(text, found):
    assert [text[hit.start : hit.end] for hit in find(text) if hit.kind] == found
