"""age's encryption with a passphrase, as packages and the key of pseudonyms have it."""

from __future__ import annotations

import time

import pyrage

MARK = b"age-encryption.org/v1"

_TRIES, _PAUSE = 4, 0.5  # seconds


def seal_bytes(content: bytes, passphrase: str) -> bytes:
    """The content, which only the passphrase opens again."""
    return bytes(pyrage.passphrase.encrypt(content, passphrase))


def open_sealed(data: bytes, passphrase: str) -> bytes:
    """What was sealed.

    age times the machine and refuses what it would work on for too long. One that is busy for a moment
    seems slow, so it is asked more than once.

    Raises
    ------
    pyrage.DecryptError
        If the passphrase is another one, the data are damaged, or opening takes too much work;
        `takes_too_much` tells which.

    Examples
    --------
    >>> open_sealed(seal_bytes(b"words", "correct horse"), "correct horse")
    b'words'
    """
    for _ in range(_TRIES - 1):
        try:
            return bytes(pyrage.passphrase.decrypt(data, passphrase))
        except pyrage.DecryptError as error:
            if not takes_too_much(error):
                raise
        time.sleep(_PAUSE)
    return bytes(pyrage.passphrase.decrypt(data, passphrase))


def takes_too_much(error: pyrage.DecryptError) -> bool:
    """Whether opening takes more work than this machine is asked to do, as far as it can tell now."""
    return str(error).startswith("Excessive work")
