"""The sealed file: what is in it can be read with the passphrase only, and is never written half."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from chatcode.errors import ChatcodeError, StudyError

# The cost of guessing a passphrase: scrypt as RFC 7914 has it, 128 MB and about 0.7 s a guess.
SCRYPT_N = 2**17
SCRYPT_R = 8
SCRYPT_P = 1
MIN_PASSPHRASE = 8

_FORMAT = "chatcode-key"
_VERSION = 1
_MOST_COST = 2**22
_OPEN_HINT = "give the file that belongs to this study with --key PATH, or restore it from a back-up"


@dataclass(frozen=True, slots=True)
class Header:
    """What a sealed file tells without its passphrase: whose it is and how it was sealed.

    `made` is the moment at which the key was made, empty for keys from before that was kept.
    """

    key_id: str
    salt: bytes
    n: int
    r: int
    p: int
    check: bytes
    made: str = ""


@dataclass(frozen=True, slots=True)
class Lock:
    """A derived key with the header that goes with it; repr shows neither secret nor salt."""

    header: Header
    cipher_key: bytes

    def __repr__(self) -> str:
        return f"Lock({self.header.key_id})"


def check_strength(passphrase: str) -> None:
    """Refuse a passphrase that is short or one repeated sign.

    Raises:
        ChatcodeError: when it has fewer than 8 characters or hardly any different ones.
    """
    if len(passphrase) < MIN_PASSPHRASE or len(set(passphrase)) < 4:
        raise ChatcodeError(
            "the passphrase is too weak",
            f"take at least {MIN_PASSPHRASE} characters; four words that do not belong together are better",
        )


def new_lock(key_id: str, passphrase: str, made: str = "") -> Lock:
    """Derive a fresh lock from a passphrase, with a salt of its own; `made` goes into the header."""
    check_strength(passphrase)
    salt = secrets.token_bytes(16)
    cipher_key, check = _derive(passphrase, salt, SCRYPT_N, SCRYPT_R, SCRYPT_P)
    return Lock(Header(key_id, salt, SCRYPT_N, SCRYPT_R, SCRYPT_P, check, made), cipher_key)


def read_header(path: Path) -> Header:
    """Read what a sealed file tells without its passphrase.

    Raises:
        StudyError: when there is no such file, or it is no key file.
    """
    return parse(read(path), path.name)[0]


def sealed_at(path: Path) -> datetime:
    """Return when a sealed file was last written, in UTC, as the file itself tells.

    The moment stands in front of a Fernet token, after one byte for the version (Fernet spec);
    without the passphrase nothing proves it.

    Raises:
        StudyError: when there is no such file, or it is no key file.
    """
    token = parse(read(path), path.name)[1]
    try:
        seconds = int.from_bytes(base64.urlsafe_b64decode(token)[1:9], "big")
        return datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        raise StudyError(f"the key file is damaged: {path.name}", "restore it from a back-up") from None


def unseal(path: Path, passphrase: str) -> tuple[Lock, bytes]:
    """Open a sealed file.

    Raises:
        StudyError: for a missing or damaged file, a file of another kind, a wrong passphrase.
    """
    from cryptography.fernet import Fernet, InvalidToken

    header, token = parse(read(path), path.name)
    cipher_key, check = _derive(passphrase, header.salt, header.n, header.r, header.p)
    if not hmac.compare_digest(check, header.check):
        raise StudyError("the passphrase does not open this key", "try again; it cannot be recovered")
    try:
        return Lock(header, cipher_key), Fernet(cipher_key).decrypt(token)
    except InvalidToken:
        raise StudyError(f"the key file is damaged: {path.name}", "restore it from a back-up") from None


def write_sealed(path: Path, lock: Lock, content: bytes) -> None:
    """Seal `content` and put it in place in one step, readable by its owner only."""
    from cryptography.fernet import Fernet

    header = lock.header
    head = {
        "format": _FORMAT,
        "version": _VERSION,
        "id": header.key_id,
        "kdf": "scrypt",
        "n": header.n,
        "r": header.r,
        "p": header.p,
        "salt": header.salt.hex(),
        "check": header.check.hex(),
        **({"made": header.made} if header.made else {}),
    }
    data = json.dumps(head).encode() + b"\n" + Fernet(lock.cipher_key).encrypt(content) + b"\n"
    put(path, data)


def put(path: Path, data: bytes) -> None:
    """Put bytes in place in one step, readable by their owner only; what was there stays until then.

    Raises:
        StudyError: when the file cannot be written.
    """
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        part.replace(path)
    except OSError as problem:
        part.unlink(missing_ok=True)
        raise StudyError(
            f"the key file cannot be written: {path.name} ({problem.strerror})",
            "is there room, and may you write in that folder?",
        ) from None
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make the new name last through a power cut, where the system lets a folder be synced."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    except OSError:  # some network drives refuse; the file itself is safe
        return
    finally:
        os.close(handle)


def read(path: Path) -> bytes:
    """Read a key file as it is.

    Raises:
        StudyError: when there is none, or it cannot be read.
    """
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise StudyError(f"there is no key file {path.name}", _OPEN_HINT) from None
    except OSError as problem:
        raise StudyError(
            f"the key file cannot be read: {path.name} ({problem.strerror})", _OPEN_HINT
        ) from None


def parse(data: bytes, name: str) -> tuple[Header, bytes]:
    """Take the bytes of a key file apart: its header and what is sealed.

    Raises:
        StudyError: when they are no key file, or one of a newer program.
    """
    first, _, token = data.partition(b"\n")
    try:
        head = json.loads(first)
        if head["format"] != _FORMAT:
            raise ValueError
        version = int(head["version"])
        header = Header(
            str(head["id"]),
            bytes.fromhex(head["salt"]),
            int(head["n"]),
            int(head["r"]),
            int(head["p"]),
            bytes.fromhex(head["check"]),
            str(head.get("made", "")),
        )
        if not 1 < header.n * header.r * header.p <= _MOST_COST or header.n & (header.n - 1):
            raise ValueError
    except (ValueError, KeyError, TypeError):
        raise StudyError(f"this is not a key file, or it is damaged: {name}", _OPEN_HINT) from None
    if version > _VERSION:
        raise StudyError(f"the key file is of a newer chatcode: {name}", "update chatcode")
    return header, token.strip()


def _derive(passphrase: str, salt: bytes, n: int, r: int, p: int) -> tuple[bytes, bytes]:
    """64 bytes: one half is the cipher's key, the other proves the passphrase and opens nothing."""
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    both = Scrypt(salt=salt, length=64, n=n, r=r, p=p).derive(passphrase.encode("utf-8"))
    return base64.urlsafe_b64encode(both[:32]), hashlib.sha256(both[32:]).digest()[:16]
