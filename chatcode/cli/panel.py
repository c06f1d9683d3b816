"""The agreement of more than two coders: all at once, and each two beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from itertools import combinations
from typing import TYPE_CHECKING, Any

from chatcode.cli.agree import FORMULAS, INTERVAL, print_figures, row_of
from chatcode.cli.coders import listed
from chatcode.cli.output import print_json, progress, say

if TYPE_CHECKING:
    from chatcode.analysis.disagreement import Shared
    from chatcode.cli.agree import Compared

_COLUMNS = ("code", "n", "values", "uses", "positive_agreement", "alpha", "low", "high", "verdict")
_TWO = ("code", "n", "both", "only_a", "only_b", "positive_agreement", "kappa", "ac1")


def tell_panel(
    compared: Compared, strata: Sequence[tuple[dict[str, str], list[Shared]]], as_json: bool
) -> list[dict[str, Any]]:
    """Print how far several coders agree; the rows of the codes."""
    from chatcode.analysis.agreement import agreement, overall
    from chatcode.analysis.disagreement import mixed_up, pairs_within
    from chatcode.analysis.panel import panel, panel_overall

    two = list(combinations(compared.names, 2))
    with progress("Drawing blocks of days again", 1 + len(strata) + len(two)) as advance:
        codes, whole = panel(compared.shared), panel_overall(compared.shared)
        advance(1)
        per_stratum = []
        for done, (name, shared) in enumerate(strata, 2):
            per_stratum.append((name, panel(shared), panel_overall(shared)))
            advance(done)
        per_pair = []
        for done, (first, second) in enumerate(two, 2 + len(strata)):
            pairs = pairs_within(compared.shared, first, second)
            per_pair.append((first, second, pairs, agreement(pairs), overall(pairs)))
            advance(done)
    rows = [row_of(one) for one in codes]
    coded = {name: sum(name in one.codes for one in compared.shared) for name in compared.names}
    if as_json:
        print_json(
            {
                "coders": list(compared.names),
                "round": compared.round,
                "messages": len(compared.shared),
                "coded": coded,
                "left_out": dict(compared.left_out),
                "interval": INTERVAL,
                "rows": rows,
                "overall": [asdict(one) for one in whole],
                "strata": [
                    {**name, "rows": [row_of(one) for one in few], "overall": [asdict(one) for one in all_]}
                    for name, few, all_ in per_stratum
                ],
                "pairs": [
                    {
                        "a": first,
                        "b": second,
                        "messages": len(pairs),
                        "rows": [row_of(one) for one in few],
                        "overall": [asdict(one) for one in all_],
                        "mixed_up": [
                            {"pattern": words, "messages": count} for words, count in mixed_up(pairs)
                        ],
                    }
                    for first, second, pairs, few, all_ in per_pair
                ],
            }
        )
        return rows
    say("Of these " + ", ".join(f"{name} coded {count}" for name, count in coded.items()) + ".")
    print_figures(listed(compared.names), codes, whole, _COLUMNS)
    for name, few, all_ in per_stratum:
        print_figures(" · ".join(name.values()), few, all_, _COLUMNS, name)
    for first, second, pairs, beside, all_ in per_pair:
        if pairs:
            print_figures(f"{first} and {second}", beside, all_, _TWO, {"a": first, "b": second})
    say(FORMULAS)
    return rows
