import pytest

from chatcode.anonymize.addresses import find_places


def addresses(text: str, lexicon) -> list[str]:
    return [text[place.start : place.end] for place in find_places(text, lexicon) if place.kind == "adres"]


@pytest.mark.parametrize(
    "address",
    [
        "Molenstraat 12", "Molenstraat 12b", "Molenstraat 12-3", "Molenstraat 12 bis", "Molenstr. 21",
        "Kievitshof 7-2",
        "Turkooisstraat 1 t/m 5", "Indigopad 30–38", "Willem de Zwijgerplein 112", "Admiraal Evertsenlaan 9",
        "Jan van Galenstraat 4 hs", "2e Oosterparkstraat 45-3", "Laan van Meerdervoort 120",
        "Den Akkerhoek 101 t/m 149",
        "Amberplantsoen 40-III", "Dorsvlegel 5", "nr 14", "nummer 9", "huisnummer 52", "3 hoog",
        "Spelthoek 4, 2e verdieping",
    ],
)  # fmt: skip
def test_addresses_go_whole(address, lexicon):
    text = f"er is brand op {address}, bel even"
    assert addresses(text, lexicon) == [address]


@pytest.mark.parametrize(
    "text",
    [
        "In de Karmijnlaan 3 auto's opengebroken", "op het plein 3 jongens", "het pad 4 weken dicht",
        "container nr 3",
        "dozen staan 3 hoog opgestapeld", "bus lijn 5 rijdt niet", "staat op nummer 1",
        "Sla het nummer 0900-8844 op",
        "op maandag 14 juni", "Opschoondag 2023 was top", "Ajax 2 Feyenoord 1", "een jaar of 40",
        "melding nr 2021-88",
        "rond 20.00 uur", "met 8 man",
    ],
)  # fmt: skip
def test_numbers_that_count_are_no_houses(text, lexicon):
    assert addresses(text, lexicon) == []


def test_a_house_after_a_preposition(lexicon):
    assert addresses("die fietsen voor 41a weghalen aub", lexicon) == ["41a"]


def test_a_bare_street_is_told_apart_from_a_surname(lexicon):
    def streets(text):
        return [
            text[place.start : place.end] for place in find_places(text, lexicon) if place.kind == "straat"
        ]

    assert streets("net in de Spreeuwlaan gezien") == ["Spreeuwlaan"]
    assert streets("bij Willem de Zwijgerplein") == ["Willem de Zwijgerplein"]
    assert streets("met Herman Olthof gesproken") == []
    assert streets("ik ben Petra Noordhof van het team") == []


def test_a_person_of_a_street_is_not_the_street(lexicon):
    assert addresses("ik ben Fatima van Haverlaan 17", lexicon) == ["Haverlaan 17"]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("bij Oude Gracht 12 is ingebroken", "Oude Gracht 12"),
        ("ik woon op 't Hof 8", "'t Hof 8"),
        ("verdachte auto Dwarsgouw 22", "Dwarsgouw 22"),
        ("Gezien? Boterdiep 19 of bel mij", "Boterdiep 19"),
        ("wie woont er op saffier 63", "saffier 63"),
        ("berging Sluiskolk 8. Slot is kapot", "Sluiskolk 8"),
    ],
)
def test_a_street_without_a_street_s_ending(lexicon, text, address):
    assert addresses(text, lexicon) == [address]


@pytest.mark.parametrize(
    "text",
    [
        "de Peugeot Partner 2 stond er weer",
        "in Zeeland 3 besmettingen erbij",
        "dit Weekend 12 graden",
        "zag bij eik 3 eekhoorns",
        "Wij winnen, Feyenoord 3 Ajax 1",
    ],
)
def test_what_else_a_number_follows(lexicon, text):
    assert addresses(text, lexicon) == []
