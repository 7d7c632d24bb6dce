"""The bytes of a street-level file, block by block, held against what its archive says of them.

The standard library's `zipfile` would do the same; a faster inflate cannot be given to it.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import IO, TYPE_CHECKING

from crimecmp.importers.street.holders import LARGEST_FILE, Held, Packed

if TYPE_CHECKING:
    from types import ModuleType

BLOCK = 1 << 18
"""The most bytes unpacked at once."""

_PACKED_BLOCK = BLOCK // 4

_LOCAL_HEADER = struct.Struct("<4s22xHH")
_SIGNATURE = b"PK\x03\x04"


class DamagedError(Exception):
    """The bytes are not what the archive says, or cannot be unpacked; the message says how."""


def blocks(file: Held) -> Iterator[bytes]:
    """Yield the content of a file in blocks, each but the last ending where a line does if it can.

    Parameters
    ----------
    file
        The file.

    Raises
    ------
    DamagedError
        If the content cannot be unpacked, or has another size or checksum than its archive says.
    OSError
        If it cannot be read.
    """
    with Path(file.path).open("rb") as stream:
        content = _whole(stream) if file.packed is None else _unpacked(stream, file.packed)
        rest = b""
        for block in content:
            end = block.rfind(b"\n") + 1
            if not end:
                rest += block
                if len(rest) > BLOCK:
                    yield rest
                    rest = b""
                continue
            yield rest + block[:end]
            rest = block[end:]
        if rest:
            yield rest


def _whole(stream: IO[bytes]) -> Iterator[bytes]:
    size = 0
    while block := stream.read(BLOCK):
        size += len(block)
        if size > LARGEST_FILE:
            raise DamagedError(_TOO_LARGE)
        yield block


def _unpacked(stream: IO[bytes], packed: Packed) -> Iterator[bytes]:
    inflate = _inflate()
    stream.seek(packed.offset)
    header = stream.read(_LOCAL_HEADER.size)
    if len(header) < _LOCAL_HEADER.size:
        raise DamagedError(_CUT_SHORT)
    signature, name_length, extra_length = _LOCAL_HEADER.unpack(header)
    if signature != _SIGNATURE:
        raise DamagedError("is not where the archive says; fetch the archive again")
    stream.seek(name_length + extra_length, 1)
    size, crc = 0, 0
    for block in _inflated(stream, packed, inflate):
        size += len(block)
        if size > min(packed.size, LARGEST_FILE):
            raise DamagedError(_TOO_LARGE if size > LARGEST_FILE else _OTHER_SIZE)
        crc = inflate.crc32(block, crc)
        yield block
    if size != packed.size:
        raise DamagedError(_CUT_SHORT)
    if crc != packed.crc:
        raise DamagedError(
            "does not have the checksum that the archive gives; fetch the archive again"
        )


def _inflated(stream: IO[bytes], packed: Packed, inflate: ModuleType) -> Iterator[bytes]:
    left = packed.packed_size
    if packed.method == zipfile.ZIP_STORED:
        while left and (block := stream.read(min(BLOCK, left))):
            left -= len(block)
            yield block
        return
    if packed.method != zipfile.ZIP_DEFLATED:
        raise DamagedError("is packed in a way that published archives are not; unpack it first")
    unpacker = inflate.decompressobj(-zlib.MAX_WBITS)
    try:
        while not unpacker.eof:
            waiting = unpacker.unconsumed_tail
            if not waiting:
                waiting = stream.read(min(_PACKED_BLOCK, left))
                left -= len(waiting)
            block = unpacker.decompress(waiting, BLOCK)
            if block:
                yield block
            elif not waiting:
                raise DamagedError(_CUT_SHORT)
    except (zlib.error, inflate.error) as error:
        raise DamagedError("cannot be unpacked; fetch the archive again") from error
    if left or unpacker.unused_data:
        raise DamagedError(_OTHER_SIZE)


def _inflate() -> ModuleType:
    """Return the module to inflate with: that of the extra `fast`, where it is installed."""
    try:
        return import_module("isal.isal_zlib")
    except ImportError:
        return zlib


_CUT_SHORT = "is cut short; fetch the archive again"
_OTHER_SIZE = "does not have the size that the archive gives; fetch the archive again"
_OTHER_CHECKSUM = "does not have the checksum that the archive gives; fetch the archive again"
_TOO_LARGE = f"is over {LARGEST_FILE:,} bytes, larger than any published file of its kind"
