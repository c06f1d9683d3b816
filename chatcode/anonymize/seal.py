"""The sealed file: what is in it can be read with the passphrase only, and is never written half."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import secrets
from dataclasses import dataclass
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
    """What a sealed file tells without its passphrase: whose it is and how it was sealed."""

    key_id: str
    salt: bytes
    n: int
    r: int
    p: int
    check: bytes


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


def new_lock(key_id: str, passphrase: str) -> Lock:
    """Derive a fresh lock from a passphrase, with a salt of its own."""
    check_strength(passphrase)
    salt = secrets.token_bytes(16)
    cipher_key, check = _derive(passphrase, salt, SCRYPT_N, SCRYPT_R, SCRYPT_P)
    return Lock(Header(key_id, salt, SCRYPT_N, SCRYPT_R, SCRYPT_P, check), cipher_key)


def read_header(path: Path) -> Header:
    """Read what a sealed file tells without its passphrase.

    Raises:
        StudyError: when there is no such file, or it is no key file.
    """
    return _split(path)[0]


def unseal(path: Path, passphrase: str) -> tuple[Lock, bytes]:
    """Open a sealed file.

    Raises:
        StudyError: for a missing or damaged file, a file of another kind, a wrong passphrase.
    """
    from cryptography.fernet import Fernet, InvalidToken

    header, token = _split(path)
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
    }
    data = json.dumps(head).encode() + b"\n" + Fernet(lock.cipher_key).encrypt(content) + b"\n"
    _replace(path, data)


def _replace(path: Path, data: bytes) -> None:
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
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
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


def _split(path: Path) -> tuple[Header, bytes]:
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise StudyError(f"there is no key file {path.name}", _OPEN_HINT) from None
    except OSError as problem:
        raise StudyError(
            f"the key file cannot be read: {path.name} ({problem.strerror})", _OPEN_HINT
        ) from None
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
        )
        if not 1 < header.n * header.r * header.p <= _MOST_COST or header.n & (header.n - 1):
            raise ValueError
    except (ValueError, KeyError, TypeError):
        raise StudyError(f"this is not a key file, or it is damaged: {path.name}", _OPEN_HINT) from None
    if version > _VERSION:
        raise StudyError(f"the key file is of a newer chatcode: {path.name}", "update chatcode")
    return header, token.strip()


def _derive(passphrase: str, salt: bytes, n: int, r: int, p: int) -> tuple[bytes, bytes]:
    """64 bytes: one half is the cipher's key, the other proves the passphrase and opens nothing."""
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    both = Scrypt(salt=salt, length=64, n=n, r=r, p=p).derive(passphrase.encode("utf-8"))
    return base64.urlsafe_b64encode(both[:32]), hashlib.sha256(both[32:]).digest()[:16]
