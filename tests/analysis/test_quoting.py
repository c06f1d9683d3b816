"""Who could have written it, what in it points to somebody, and which examples are drawn."""

from datetime import datetime, timedelta

import pytest

from chatcode.analysis.quoting import draw, flagger, hits, masked, setting
from chatcode.domain import Act, Case, Choice, Entry, Group, Layer, Member

START = datetime(2021, 1, 4, 12, 0)


def member(number, role="deelnemer", title="Deelnemer"):
    return Member(f"m{number}", title, number, frozenset({role}))


def layer(said, members, *, groups=(("g1", "c1"),), code="1+"):
    """`said` are (member, group, month, text); every message is coded with `code`."""
    entries = [
        Entry(
            f"e{n}",
            group,
            n,
            START.replace(month=month) + timedelta(minutes=n),
            "message",
            text,
            member_id=who,
        )
        for n, (who, group, month, text) in enumerate(said)
    ]
    acts = {
        e.id: Act(f"a-{e.id}", e.id, "K1", 1, "blind", (Choice(code),), (), (), "h", START, "b")
        for e in entries
    }
    cases = [Case(one, f"Gebied {one}", None, None) for one in dict.fromkeys(case for _, case in groups)]
    return Layer(
        "K1",
        cases,
        [Group(g, f"Groep {g}", c) for g, c in groups],
        {m.id: m for m in members},
        entries,
        acts,
        {},
    )


def test_what_three_share_is_told_in_full():
    made = layer([(f"m{n}", "g1", 1, "een twee drie") for n in range(3)], [member(n) for n in range(3)])
    found = setting(made, made.entries[0])
    assert (found.role, found.place, found.month, found.sharing) == ("Deelnemer", "Groep g1", "2021-01", 3)


def test_the_month_goes_before_the_group_and_the_group_before_the_area():
    people = [member(n) for n in range(3)]
    spread = layer([(f"m{n}", "g1", n + 1, "een twee drie") for n in range(3)], people)
    assert (setting(spread, spread.entries[0]).place, setting(spread, spread.entries[0]).month) == (
        "Groep g1",
        "",
    )
    groups = (("g1", "c1"), ("g2", "c1"), ("g3", "c2"))
    apart = layer(
        [(f"m{n}", "g12"[0] + "121"[n], 1, "een twee drie") for n in range(3)], people, groups=groups
    )
    assert setting(apart, apart.entries[0]).place == "Gebied c1"
    far = layer([(f"m{n}", f"g{n + 1}", 1, "een twee drie") for n in range(3)], people, groups=groups)
    assert (setting(far, far.entries[0]).place, setting(far, far.entries[0]).sharing) == ("", 3)


def test_a_title_that_one_person_has_becomes_a_role_and_a_sole_official_stays_one():
    officials = [member(1, "professional", "Wijkagent"), member(2, "professional", "Handhaver")]
    three = [*officials, member(3, "professional", "Gemeente")]
    made = layer([(m.id, "g1", 1, "een twee drie") for m in three], three)
    assert (setting(made, made.entries[0]).role, setting(made, made.entries[0]).sharing) == (
        "professional",
        3,
    )
    two = layer([(m.id, "g1", 1, "een twee drie") for m in officials], officials)
    found = setting(two, two.entries[0])
    assert (found.place, found.month, found.sharing) == ("", "", 2)
    assert setting(two, two.entries[0], least=2).place == "Groep g1"


def test_only_those_who_wrote_count_and_one_person_counts_once():
    people = [member(n) for n in range(9)]
    made = layer([("m0", "g1", 1, "een twee drie")] * 8, people)
    assert setting(made, made.entries[0]).sharing == 1


def test_streets_and_the_numbers_of_placeholders_do_not_stay():
    text = masked(
        "[Deelnemer-07] zag [persoon-2] in de Vinkenstraat bij [postcode 30xx], kenteken [kenteken-4]"
    )
    assert text == "[Deelnemer] zag [persoon] in de [straat] bij [postcode], kenteken [kenteken]"
    assert "[adres]" in masked("het was op Molenlaan 12b")


def test_what_still_identifies_is_told_by_its_kind():
    assert hits("[Deelnemer-07] bel 06-12345678 of jan@voorbeeld.nl") == ("e-mail", "telefoon")
    assert hits("[Deelnemer-07] zag [kenteken-4] in de straat") == ()


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("hij is 83 jaar", "age"),
        ("om 21:45 belde er iemand", "time"),
        ("zij is dement geworden", "illness"),
        ("het zoontje van de buren", "family"),
        ("een doorzonwoning", "rare"),
    ],
)
def test_telling_content_is_flagged(text, flag):
    common = "belde iemand buren geworden"
    made = layer([("m0", "g1", 1, text), ("m0", "g1", 1, common), ("m0", "g1", 1, common)], [member(0)])
    flags = flagger(made.entries)
    assert flag in flags(text)
    assert flags(common) == ()


def test_examples_are_drawn_over_the_months_by_chance_and_the_same_again():
    said = [(f"m{n % 4}", "g1", 1 if n < 30 else n - 28, f"bericht nummer {n} hier") for n in range(36)]
    made = layer(said, [member(n) for n in range(4)])
    first = draw(made, "1+", n=7, seed=5)
    assert len({e.sent_at.month for e in first}) == 7
    assert draw(made, "1+", n=7, seed=5) == first
    assert any(draw(made, "1+", n=7, seed=seed) != first for seed in range(6, 12))
    assert draw(made, "2+", n=7, seed=5) == []
    assert len(draw(made, "1+", n=99, seed=5)) == 36


def test_researchers_purged_and_bare_messages_are_not_drawn():
    people = [member(0), member(1, "onderzoeker", "Onderzoeker")]
    said = [("m0", "g1", 1, "[gewist]"), ("m0", "g1", 1, "ok"), ("m1", "g1", 1, "vul de vragenlijst in")]
    assert draw(layer(said, people), "1+", n=9, seed=1, purged="[gewist]") == []
