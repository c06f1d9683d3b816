"""`chatcode report`: frequencies per month."""

from __future__ import annotations

from dataclasses import asdict

from chatcode.cli import options
from chatcode.cli.output import next_step, print_json


def report(
    out: options.OutOption = None,
    lang: options.LangOption = None,
    coder: options.CoderOption = None,
    study: options.StudyOption = None,
    key: options.KeyOption = None,
    passphrase_fd: options.PassphraseOption = None,
    overwrite: options.OverwriteOption = False,
    as_json: options.JsonOption = False,
) -> None:
    """Count the codes per month, case and group: in the terminal, or as .html, .xlsx or .md.

    Example: chatcode report --out report.html --out report.xlsx
    """
    from chatcode.analysis.frequency import frequencies
    from chatcode.analysis.membership import flows

    with options.open_study(study) as opened:
        codebook = options.codebook_of(opened)
        layer = opened.layer(coder)
        if as_json:
            print_json(
                {
                    "coder": layer.coder,
                    "rows": [asdict(row) for row in frequencies(layer, codebook)],
                    "members": [{**asdict(flow), "net": flow.net} for flow in flows(layer)],
                }
            )
            return
        from chatcode.cli.documents import deliver
        from chatcode.report.frequencies import frequency_report

        language = options.language_of(opened, lang)
        long = bool(out)
        deliver(
            opened,
            frequency_report(layer, codebook, lang=language, study=opened.path.stem, long=long),
            empty=frequency_report(opened.empty_layer(), codebook, lang=language, study="", long=long),
            out=out,
            key=key,
            descriptor=passphrase_fd,
            overwrite=overwrite,
        )
        if out:
            opened.record("report", files=len(out), coder=layer.coder, lang=language)
    next_step("chatcode table --rate", "set the researcher's own marks")
