"""The one reader of what is shipped beside the code: codebooks and the sample chats."""

from __future__ import annotations

from pathlib import Path

_INSTALLED = Path(__file__).parent / "_bundled"
_CHECKOUT = Path(__file__).parent.parent


def codebook_path() -> Path:
    """Return the path of the bundled codebook of the eleven interventions."""
    return _folder("codebooks", "codebooks") / "interventions.yaml"


def questionnaire_path() -> Path:
    """Return the path of the bundled questionnaire of the survey."""
    return _folder("codebooks", "codebooks") / "survey.yaml"


def starter_path() -> Path:
    """Return the path of the model that suggestions start from."""
    return _folder("codebooks", "codebooks") / "starter" / "model.npz"


def links_path() -> Path:
    """Return the path of the weights by which links are proposed."""
    return _folder("codebooks", "codebooks") / "starter" / "links.json"


def practice_path() -> Path:
    """Return the folder of the coded synthetic chats that coders practise on."""
    return _folder("codebooks", "codebooks") / "starter"


def sample_path() -> Path:
    """Return the folder of the synthetic sample chats."""
    return _folder("sample", "exports/sample")


def _folder(installed: str, checkout: str) -> Path:
    """A wheel carries the files inside the package, a checkout keeps them where users look."""
    inside = _INSTALLED / installed
    return inside if inside.is_dir() else _CHECKOUT / checkout
