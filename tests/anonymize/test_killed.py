"""A key whose writing is cut off by the end of the process is the key of before or of after."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from chatcode.anonymize.identities import Key

_WRITER = """
import sys
from pathlib import Path
from chatcode.anonymize.identities import Key
from chatcode.anonymize import seal
seal.SCRYPT_N = 2**4
key = Key.open(Path(sys.argv[1]), sys.argv[2])
for number in range(1_000_000):
    key.deny.append(f"woord{number} " * 40)
    key.save()
    print(number, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
@pytest.mark.parametrize("after", [0.0, 0.011, 0.023, 0.037, 0.054, 0.08])
def test_a_kill_at_any_moment_leaves_a_key_that_opens(key, passphrase, after):
    key.deny.append("eerst")
    key.save()
    command = [sys.executable, "-c", _WRITER, str(key.path), passphrase]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writing:
        assert writing.stdout is not None
        said = [writing.stdout.readline()]
        time.sleep(after)
        writing.kill()
        said += writing.stdout.read().splitlines()
    told = [int(line) for line in said if line.strip()]
    again = Key.open(key.path, passphrase)
    assert again.deny[0] == "eerst"
    # What was said to be kept is kept; the one that was being written may be there too.
    assert len(again.deny) - 1 in (len(told), len(told) + 1)
    again.save()
    left = [path for path in Path(key.path.parent).iterdir() if path != key.path]
    assert all("woord" not in path.read_bytes().decode("latin-1") for path in left)
