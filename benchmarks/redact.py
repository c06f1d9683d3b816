"""Messages a second and peak memory of chatcode's redactor, beside deduce and presidio.

    python benchmarks/redact.py [--seconds 10] [--json]

All get the same messages: those of the sample chats. Each runs in a process of its own, so that memory
is its own too; a library that is not installed is left out (`pip install deduce presidio-analyzer`).
presidio runs on its own patterns with a blank Dutch pipeline, which is its fastest form: it finds no
names then. Load is import and building; the rate counts what comes after, by the time
of the processor, so that other work on the machine matters less.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOOLS = ("chatcode", "deduce", "presidio")


def main() -> None:
    """Run every tool in turn and print a table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=float, default=10.0, help="how long each tool may work")
    parser.add_argument("--json", action="store_true", help="print rows as JSON")
    parser.add_argument("--tool", choices=TOOLS, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.tool:
        print(json.dumps(measure(given.tool, given.seconds)))
        return
    rows = []
    for tool in TOOLS:
        command = [sys.executable, __file__, "--tool", tool, "--seconds", str(given.seconds)]
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
        if done.returncode == 0:
            rows.append(json.loads(done.stdout.splitlines()[-1]))
        else:
            last = done.stderr.strip().splitlines()[-1:] or ["failed"]
            rows.append({"tool": tool, "note": last[0]})
    if given.json:
        print(json.dumps({"rows": rows}, ensure_ascii=False))
        return
    print(f"{'tool':<10}{'messages':>10}{'load s':>9}{'msg/s':>10}{'peak MB':>9}")
    for row in rows:
        if "rate" in row:
            print(
                f"{row['tool']:<10}{row['messages']:>10}{row['load']:>9.2f}{row['rate']:>10.0f}{row['peak']:>9.0f}"
            )
        else:
            print(f"{row['tool']:<10}  left out: {row['note']}")


def measure(tool: str, seconds: float) -> dict[str, object]:
    """Load a tool, let it work through the messages for a while, and return its figures."""
    texts, members = sample()
    start = time.perf_counter()
    work = {"chatcode": chatcode, "deduce": deduce, "presidio": presidio}[tool](members)
    work("Klaas belt 06-51732806")
    load = time.perf_counter() - start
    done = 0
    start = time.process_time()
    while (spent := time.process_time() - start) < seconds:
        work(texts[done % len(texts)])
        done += 1
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"tool": tool, "messages": done, "load": load, "rate": done / spent, "peak": peak}


def sample() -> tuple[list[str], list[str]]:
    """Return the texts and the display names of the sample chats, read without any library."""
    texts: list[str] = []
    members: set[str] = set()
    for path in sorted((ROOT / "exports" / "sample").glob("*.tsv")):
        if path.name.endswith(".members.tsv"):
            continue
        for line in path.read_text(encoding="utf-8").splitlines():
            _, sender, text = [*line.split("\t", 2), "", ""][:3]
            if sender:
                members.add(sender)
                texts.append(text.replace("\\n", "\n"))
    return texts, sorted(members)


def chatcode(members: list[str]) -> Callable[[str], object]:
    """The redactor of this project."""
    from chatcode.anonymize.redactor import Redactor

    return Redactor(members).redact


def deduce(members: list[str]) -> Callable[[str], object]:
    """Dutch de-identification of medical text, rules and lists (names of the group are no input)."""
    from deduce import Deduce

    engine = Deduce()
    return engine.deidentify


def presidio(members: list[str]) -> Callable[[str], object]:
    """Presidio with its pattern recognisers and, as its list of names, those of the group."""
    import spacy
    from presidio_analyzer import AnalyzerEngine, PatternRecognizer, RecognizerRegistry
    from presidio_analyzer.nlp_engine import SpacyNlpEngine
    from presidio_analyzer.predefined_recognizers import (
        CreditCardRecognizer,
        EmailRecognizer,
        IbanRecognizer,
        PhoneRecognizer,
        UrlRecognizer,
    )

    class Blank(SpacyNlpEngine):
        def load(self) -> None:
            self.nlp = {"nl": spacy.blank("nl")}

    engine = Blank(models=[{"lang_code": "nl", "model_name": "blank"}])
    engine.load()
    registry = RecognizerRegistry(supported_languages=["nl"])
    for kind in (CreditCardRecognizer, EmailRecognizer, IbanRecognizer, UrlRecognizer):
        registry.add_recognizer(kind(supported_language="nl"))
    registry.add_recognizer(PhoneRecognizer(supported_language="nl", supported_regions=("NL", "BE", "DE")))
    registry.add_recognizer(
        PatternRecognizer(supported_entity="PERSON", supported_language="nl", deny_list=members)
    )
    analyzer = AnalyzerEngine(registry=registry, nlp_engine=engine, supported_languages=["nl"])
    return lambda text: analyzer.analyze(text=text, language="nl")


if __name__ == "__main__":
    main()
