import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from chatcode.anonymize import seal
from chatcode.anonymize.identities import Key
from chatcode.anonymize.lexicon import load

PASSPHRASE = "vier losse woorden samen"
MARK = re.compile(r"\{([A-Z=]):([^}]*)\}")
ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|n)")


@dataclass(frozen=True)
class Marked:
    members: tuple[str, ...]
    clean: bool
    text: str
    spans: tuple[tuple[int, int, str], ...]
    keep: tuple[tuple[int, int], ...]


def read_marked(path: Path) -> list[Marked]:
    found: list[Marked] = []
    members: tuple[str, ...] = ()
    clean = False
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("@members"):
            members = tuple(name.strip() for name in line[9:].split("|"))
        elif line.startswith("@kind"):
            clean = line[6:] == "clean"
        elif line and not line.startswith(("#", "@group")):
            text, spans, keep, place = "", [], [], 0
            written = ESCAPE.sub(lambda found: chr(int(found[1], 16)) if found[1] else "\n", line)
            for match in MARK.finditer(written):
                text += written[place : match.start()]
                start, place = len(text), match.end()
                text += match[2]
                if match[1] == "=":
                    keep.append((start, len(text)))
                else:
                    spans.append((start, len(text), match[1]))
            text += written[place:]
            found.append(Marked(members, clean, text, tuple(spans), tuple(keep)))
    return found


@pytest.fixture(scope="session")
def marked() -> list[Marked]:
    return read_marked(Path(__file__).with_name("messages.txt"))


@pytest.fixture(scope="session")
def sets() -> list[Marked]:
    """Further groups, written before anybody saw what the program makes of them."""
    folder = Path(__file__).with_name("sets")
    return [row for path in sorted(folder.glob("*.txt")) for row in read_marked(path)]


@pytest.fixture(scope="session")
def numbers() -> list[Marked]:
    """Houses that are named by their number alone and numbers that are no houses; never learned from."""
    folder = Path(__file__).with_name("numbers")
    return [row for path in sorted(folder.glob("*.txt")) for row in read_marked(path)]


@pytest.fixture(scope="session")
def namesakes() -> list[Marked]:
    """Members who are called as a word is, and these words; never learned from."""
    return read_marked(Path(__file__).with_name("namesakes.txt"))


@pytest.fixture(scope="session")
def streets() -> list[Marked]:
    """Streets with a number, most by a name of their own, and other words before a number; unlearned."""
    return read_marked(Path(__file__).with_name("streets.txt"))


@pytest.fixture(scope="session")
def lexicon():
    return load()


@pytest.fixture(autouse=True)
def cheap_scrypt(monkeypatch):
    """Passphrases are guessed by nobody here."""
    monkeypatch.setattr(seal, "SCRYPT_N", 2**4)


@pytest.fixture
def key(tmp_path) -> Key:
    return Key.create(tmp_path / "studie.key", PASSPHRASE)


@pytest.fixture
def passphrase() -> str:
    return PASSPHRASE
