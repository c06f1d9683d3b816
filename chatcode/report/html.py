"""A document as one HTML file that needs nothing else."""

from __future__ import annotations

from importlib import resources

from chatcode.report.document import Box, Chart, Document, Heading, Listing, MeansChart, Paragraph, Table
from chatcode.report.words import Words


def render(document: Document, *, deck: bool = False) -> bytes:
    """Write a document as a self-contained page: styles and drawings inside, no script.

    A `deck` shows and prints each part, from one heading of level 2 to the next, on a page of its own.
    """
    from jinja2 import Environment, StrictUndefined
    from markupsafe import Markup

    from chatcode.report import charts, means

    words = Words(document.lang)
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    template = (resources.files("chatcode.report") / "templates" / "report.html.j2").read_text(
        encoding="utf-8"
    )
    kinds = {
        Heading: "heading",
        Paragraph: "paragraph",
        Listing: "listing",
        Box: "box",
        Table: "table",
        Chart: "chart",
        MeansChart: "chart",
    }

    def key(chart: Chart | MeansChart) -> str:
        lang = document.lang
        return means.key(lang) if isinstance(chart, MeansChart) else charts.key(chart, lang)

    def drawings(chart: Chart | MeansChart) -> list[Markup]:
        lang = document.lang
        drawn = means.svgs(chart, lang) if isinstance(chart, MeansChart) else charts.svgs(chart, lang)
        # The drawings are made here, from figures and escaped words.
        return [Markup(one) for one in drawn]  # noqa: S704

    page = environment.from_string(template).render(
        document=document,
        deck=deck,
        skip=words("Skip to the content"),
        blocks=[(kinds[type(block)], block) for block in document.blocks],
        cell=words.cell,
        key=key,
        drawings=drawings,
    )
    return page.encode("utf-8")
