"""The weights that ship are those that the shipped examples teach."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from chatcode.anonymize import bare_numbers, named_streets
from chatcode.anonymize.weighing import weights

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
# In a process of its own: it reads the tests' messages by their conftest.
LEARN = """
import json, sys
sys.path.insert(0, sys.argv[1])
from weights import examples, kept
print(json.dumps(kept(sys.argv[2], [one for file in examples(sys.argv[2]).values() for one in file])))
"""


@pytest.mark.parametrize(
    ("what", "name"), [("houses", bare_numbers.WEIGHTS), ("streets", named_streets.WEIGHTS)]
)
def test_the_weights_are_what_the_examples_teach(what, name):
    done = subprocess.run(
        [sys.executable, "-c", LEARN, str(BENCHMARKS), what], capture_output=True, text=True, check=True
    )
    taught, shipped = json.loads(done.stdout), weights(name)
    # Another processor may round otherwise, about where a weight is left out too.
    apart = {
        sign
        for sign in taught.keys() | shipped.keys()
        if abs(taught.get(sign, 0) - shipped.get(sign, 0)) > 0.05
    }
    assert not apart
