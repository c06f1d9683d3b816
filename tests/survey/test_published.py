"""Published tables: read under many names, checked against what was printed, refused by line."""

from __future__ import annotations

from pathlib import Path

import pytest

from chatcode.errors import ChatcodeError
from chatcode.survey.comparison import as_row, changes, compared
from chatcode.survey.published import read_published

DATA = Path(__file__).parent / "data"


@pytest.fixture
def table(tmp_path):
    def write(text, name="t.csv", encoding="utf-8"):
        path = tmp_path / name
        path.write_text(text, encoding=encoding)
        return path

    return write


@pytest.mark.parametrize("name", ["baseline.csv", "followup.csv"])
def test_student_reproduces_every_published_p_within_rounding(name):
    rows = compared(read_published(DATA / name))
    assert [row.verdict.student_fits for row in rows] == [True] * len(rows)
    assert all((row.result.p_student < 0.05) == row.verdict.significant for row in rows)


def test_welch_fits_every_cell_but_the_mark_of_the_experimental_group_of_the_essenburgbuurt():
    rows = [r for name in ("baseline.csv", "followup.csv") for r in compared(read_published(DATA / name))]
    assert [(r.table, r.indicator, r.area, r.group) for r in rows if r.welch_differs] == [
        ("6", "Rapportcijfer veiligheid", "Essenburgbuurt", "E")
    ]
    (row,) = (r for r in rows if r.welch_differs)
    assert "fits Student, not Welch" in row.remark


def test_the_design_finds_none_of_the_sixteen_changes():
    found = changes(compared(read_published(DATA / "followup.csv")))
    assert len(found) == 16
    assert min(row.p for row in found) > 0.05


def test_a_row_has_the_fields_that_others_rely_on():
    row = as_row(compared(read_published(DATA / "baseline.csv"))[0])
    assert list(row)[:9] == [
        "table", "indicator", "area", "group", "t", "p_student", "p_welch", "d", "g",
    ]  # fmt: skip
    assert (row["table"], row["area"], row["group"]) == ("4", "Lombardijen", "E-vs-C")
    assert row["t"] == pytest.approx(3.649, abs=0.001)


@pytest.mark.parametrize(
    "text",
    [
        "indicator,area,group,n1,m1,sd1,n2,m2,sd2,published\nMark,W,E,40,6.10,1.50,30,5.00,1.20,.002\n",
        "Indicator;Gebied;Groep;N_voor;M_voor;SD_voor;N_na;M_na;SD_na;t-toets\n"
        "Mark;W;E;40;6,10;1,50;30;5,00;1,20;,002\n",
        "variable\tarea\tgroup\tn pre\tmean pre\tsd pre\tn post\tmean post\tsd post\tp\n"
        "Mark\tW\tE\t40\t6.10\t1.50\t30\t5.00\t1.20\tp = 0.002\n",
        "Indicator,Buurt,Groep,N,M,SD,N,M,SD,t-toets\nMark,W,E,40,6.10,1.50,30,5.00,1.20,.002\n",
        "indicator,area,n1,m1,sd1,n2,m2,sd2,p\nMark,W-E,40,6.1,1.5,30,5,1.2,**\n",
        "indicator,area,group,wave,n,mean,sd\nMark,W,E,before,40,6.1,1.5\nMark,W,E,after,30,5,1.2\n",
    ],
)
def test_the_same_table_is_read_whatever_its_columns_are_called(table, text):
    (row,) = compared(read_published(table(text)))
    told = as_row(row)
    assert (told["area"], told["group"], row.kind) == ("W", "E", "followup")
    assert [told[name] for name in ("n1", "m1", "sd1", "n2", "m2", "sd2")] == [40, 6.1, 1.5, 30, 5.0, 1.2]
    assert row.verdict is None or row.verdict.student_fits


def test_columns_named_by_side_say_what_is_compared(table):
    (entry,) = read_published(
        table("indicator,E n,E mean,E sd,C n,C mean,C sd\nMark,40,6.10,1.50,30,5.00,1.20\n")
    )
    assert entry.group == "E-vs-C"


def test_windows_signs_and_a_comment_line_are_taken(table):
    text = "# uit het rapport\nindicator;n1;m1;sd1;n2;m2;sd2\nCohésion;40;6,1;1,5;30;5,0;1,2\n"
    (entry,) = read_published(table(text, encoding="cp1252"))
    assert entry.indicator == "Cohésion"


def test_long_rows_are_put_together_over_groups_and_waves(table):
    text = "indicator,area,group,wave,n,mean,sd\n" + "".join(
        f"Mark,W,{group},{wave},{n},6.{n},1.5\n"
        for n, (group, wave) in enumerate(
            [("E", "voormeting"), ("C", "voormeting"), ("E", "nameting"), ("C", "nameting")], 20
        )
    )
    entries = read_published(table(text))
    assert [(e.group, e.first.sample.n, e.second.sample.n) for e in entries] == [
        ("E-vs-C", 20, 21), ("E", 20, 22), ("C", 21, 23),
    ]  # fmt: skip


HEAD = "indicator,n1,m1,sd1,n2,m2,sd2,published\nA,40,6.1,1.5,30,5.0,1.2,n.s.\n"


@pytest.mark.parametrize(
    ("row", "what"),
    [
        ("B,1,6.1,1.5,30,5.0,1.2,", "n1 must be a whole number of at least 2"),
        ("B,4.5,6.1,1.5,30,5.0,1.2,", "n1 must be a whole number"),
        ("B,40,6.1,-1.5,30,5.0,1.2,", "sd1 is below 0"),
        ("B,40,6.1,1.5,30,,1.2,", "m2 is missing"),
        ("B,40,6.1,1.5,30,five,1.2,", "m2 is no number"),
        ("B,40,6.1,nan,30,5.0,1.2,", "sd1 is no number"),
        (",40,6.1,1.5,30,5.0,1.2,", "indicator is missing"),
        ("B,40,6.1,0,30,5.0,0.0,", "both sds are 0"),
        ("B,40,6.1,1.5,30,5.0,1.2,perhaps", "the published p cannot be read"),
    ],
)
def test_a_row_that_cannot_be_is_told_with_its_line(table, row, what):
    with pytest.raises(ChatcodeError) as caught:
        read_published(table(f"{HEAD}{row}\n"))
    assert caught.value.message.startswith("t.csv:3: ")
    assert what in caught.value.message
    assert "\n" not in caught.value.message


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "is empty"),
        ("indicator,n1,m1,sd1,n2,m2,sd2\n", "no rows"),
        ("indicator,n1,m1\nA,2,3\n", "of two samples"),
        ("n1,m1,sd1,n2,m2,sd2\n2,3,1,2,3,1\n", "no column `indicator`"),
        ("indicator,group,n,mean,sd\nA,x,5,3,1\nA,y,5,3,1\n", "no two rows"),
        ("indicator,group,n,mean,sd\nA,E,5,3,1\nA,E,5,3,1\n", "twice"),
    ],
)
def test_a_table_that_is_none_says_why(table, text, what):
    with pytest.raises(ChatcodeError, match=what):
        read_published(table(text))


@pytest.mark.parametrize(
    ("printed", "fits"),
    [("<0.001", True), ("<.01", True), ("***", True), ("0.001", False), ("n.s.", False), (">0.05", False),
     (".000", True)],
)  # fmt: skip
def test_a_printed_p_is_a_stretch(table, printed, fits):
    text = f"indicator,n1,m1,sd1,n2,m2,sd2,published\nA,66,3.17,0.76,54,2.37,0.76,{printed}\n"
    (row,) = compared(read_published(table(text)))
    assert row.verdict.student_fits is fits


def test_noughts_that_were_cut_off_do_not_widen_the_rounding(table):
    (cut,) = read_published(table("indicator,n1,m1,sd1,n2,m2,sd2\nA,40,6.1,1.51,30,5,1.2\n"))
    (kept,) = read_published(table("indicator,n1,m1,sd1,n2,m2,sd2\nA,40,6.1,1.50,30,5,1.2\n"))
    assert (cut.first.sd_half, cut.second.sd_half) == (0.005, 0.005)
    assert kept.second.sd_half == 0.05
    assert (cut.first.mean_half, cut.second.mean_half) == (0.05, 0.05)
