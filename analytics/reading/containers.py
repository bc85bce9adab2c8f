"""Tell a file's format by its content, and unpack archives within bounds."""

import io
import lzma
import struct
import zipfile
import zlib

from analytics import text
from analytics.errors import FileTooLarge, UnreadableFile
from analytics.reading import extent
from analytics.reading.table import Limits

_GZIP, _OLE = b"\x1f\x8b", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")  # the second where it holds nothing
_STEP, _FED = 2**20, 2**14
_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    OverflowError,
)
_UNREADABLE = {
    b"%PDF": "a PDF document",
    b"\x89PNG": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF8": "a GIF image",
    b"BM": "a bitmap image",
    b"II*\x00": "a TIFF image",
    b"MM\x00*": "a TIFF image",
    b"RIFF": "a media file",
    b"ARROW1": "an Arrow file",
    b"SQLite format 3": "a database",
    b"7z\xbc\xaf": "a 7-Zip archive",
    b"Rar!": "a RAR archive",
    b"BZh": "a bzip2 archive",
    b"\xfd7zXZ": "an xz archive",
    b"(\xb5/\xfd": "a Zstandard archive",
    b"\x7fELF": "a program",
    b"MZ\x90": "a program",
    b"{\\rtf": "a rich text document",
}
_MARKUP = (
    b"<!doctype",
    b"<html",
    b"<?xml",
    b"<head",
    b"<body",
    b"<!--",
    b"<svg",
    b"<table",
    b"<meta",
)
_REMEDY = "Save the table as CSV, Excel, Parquet or JSON."


def unpacked(content: bytes, limits: Limits) -> tuple[bytes, list[str]]:
    """Unpack gzip, or a zip archive with one member; anything else is given back as it is.

    Returns
    -------
    content : bytes
    notes : list of str

    Raises
    ------
    UnreadableFile
        If the archive is damaged, protected, or holds no file or several.
    FileTooLarge
        If it unpacks to more than the limits allow; it is given up on the way.
    """
    notes: list[str] = []
    if content.startswith(_GZIP):
        inner = _gunzip(content, limits)
    elif content.startswith(_ZIP) and kind(content) == "archive":
        inner, notes = _unzip(content, limits)
    else:
        return content, notes
    if inner.startswith(_GZIP) or (inner.startswith(_ZIP) and _zip_kind(inner) == "archive"):
        raise UnreadableFile("The archive holds another archive.", "Pack the table alone.")
    return inner, notes


def kind(content: bytes) -> str:
    """Name the format: ``workbook``, ``parquet``, ``json``, ``archive`` or ``text``.

    Raises
    ------
    UnreadableFile
        If the content is recognised as something that holds no table.
    """
    if content.startswith(_ZIP):
        return _zip_kind(content)
    if content.startswith(_OLE):
        return "workbook"
    if content.startswith(b"PAR1"):
        return "parquet"
    head = content[:2048].removeprefix(b"\xef\xbb\xbf").lstrip()
    if content[257:262] == b"ustar":
        raise UnreadableFile("The file is a tar archive, not a table.", _REMEDY)
    for signature, what in _UNREADABLE.items():
        if content.startswith(signature) and _is_binary(content, signature):
            raise UnreadableFile(f"The file is {what}, not a table.", _REMEDY)
    if head[:9].lower().startswith(_MARKUP):
        raise UnreadableFile("The file is a web page or XML, not a table.", _REMEDY)
    return "json" if head[:1] == b"{" or head[:2] == b"[{" or _opens_list(head) else "text"


def _is_binary(content: bytes, signature: bytes) -> bool:
    """Tell a real signature of letters, as in ``BM`` or ``RIFF``, from a header so named."""
    if not signature.isascii() or signature in (b"%PDF", b"{\\rtf", b"SQLite format 3"):
        return True
    head = content[:512]
    return any(byte < 9 or 13 < byte < 32 for byte in head)


def _opens_list(head: bytes) -> bool:
    return head[:1] == b"[" and head[1:].lstrip()[:1] == b"{"


def _zip_kind(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.namelist()
    except (*_DAMAGED, NotImplementedError) as error:
        raise UnreadableFile(
            "The file is a zip archive or workbook that is cut off or damaged.",
            "Save it once more.",
        ) from error
    office = {"[Content_Types].xml", "mimetype"} & set(members)
    if not office:
        return "archive"
    if "xl/workbook.bin" in members:
        raise UnreadableFile("The file is a binary workbook (.xlsb).", "Save it as .xlsx.")
    if not any(member.startswith(("xl/", "content.xml")) for member in members):
        raise UnreadableFile("The file is an office document, not a table.", _REMEDY)
    return "workbook"


def _gunzip(content: bytes, limits: Limits) -> bytes:
    parts: list[bytes] = []
    size = place = 0
    while not place or content.startswith(_GZIP, place):  # padding may follow the last member
        stream = zlib.decompressobj(wbits=31)
        try:
            while not stream.eof:
                fed = stream.unconsumed_tail or content[place : place + _FED]
                if not stream.unconsumed_tail:
                    place += len(fed)
                part = stream.decompress(fed, _STEP)
                if not part and not fed:
                    raise UnreadableFile("The gzip archive is cut off.", "Upload it once more.")
                size += len(part)
                _check_size(size, len(content), limits)
                parts.append(part)
        except zlib.error as error:
            raise UnreadableFile(
                "The gzip archive is damaged.", "Pack the table once more."
            ) from error
        place -= len(stream.unused_data)
    return b"".join(parts)


def _unzip(content: bytes, limits: Limits) -> tuple[bytes, list[str]]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        files = [
            member
            for member in archive.infolist()
            if not member.is_dir() and not member.filename.startswith("__MACOSX/")
        ]
        if len(files) != 1:
            raise UnreadableFile(
                f"The zip archive holds {text.count(len(files), 'file')}.",
                "Pack one table alone.",
            )
        try:
            with archive.open(files[0]) as member:
                parts, size = [], 0
                while part := member.read(_STEP):
                    size += len(part)
                    _check_size(size, len(content), limits)
                    parts.append(part)
        except _DAMAGED as error:
            raise UnreadableFile(
                "The zip archive is damaged.", "Pack the table once more."
            ) from error
        except (RuntimeError, NotImplementedError) as error:
            raise UnreadableFile(
                "The zip archive is protected by a password or packed in an unknown way.",
                "Pack the table once more, without a password.",
            ) from error
    return b"".join(parts), [f"Read from “{files[0].filename[:80]}” within the zip archive."]


def _check_size(size: int, packed: int, limits: Limits) -> None:
    if size > limits.unpacked_bytes or (size > _STEP and size > limits.ratio * packed):
        raise FileTooLarge(
            f"The archive of {packed / 2**20:,.1f} MB unpacks to more than"
            f" {size / 2**20:,.0f} MB, beyond what is accepted.",
            "Split the table, or pack only the columns you need.",
        )


def check_members(content: bytes, limits: Limits) -> None:
    """Refuse a workbook that would unpack to more than the limits allow, or is damaged.

    Raises
    ------
    UnreadableFile, FileTooLarge
    """
    if not content.startswith(_ZIP):
        return
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        _check_size(sum(member.file_size for member in archive.infolist()), len(content), limits)
        try:
            for member in archive.infolist():
                _check_member(member, _whole(archive, member, content), limits)
        except (*_DAMAGED, RuntimeError) as error:
            raise UnreadableFile(
                "The workbook is damaged or protected.", "Save it once more."
            ) from error


def _whole(archive: zipfile.ZipFile, member: zipfile.ZipInfo, content: bytes) -> bytes:
    """Read a member, and see that it holds no more than it says, which other readers rely on."""
    unpacked = archive.read(member)
    if member.compress_type == zipfile.ZIP_DEFLATED:
        start = member.header_offset + 30
        start += sum(struct.unpack("<HH", content[start - 4 : start]))
        stream = zlib.decompressobj(wbits=-15)
        stream.decompress(content[start : start + member.compress_size], len(unpacked) + 1)
        if not stream.eof:
            raise zipfile.BadZipFile
    elif member.compress_type != zipfile.ZIP_STORED:
        raise zipfile.BadZipFile
    return unpacked


def _check_member(member: zipfile.ZipInfo, unpacked: bytes, limits: Limits) -> None:
    cells = 0
    if member.filename == "content.xml":
        cells = extent.of_document(unpacked)
    elif b"sheetData" in unpacked:
        cells = extent.of_sheet(unpacked)
    if cells > limits.cells:
        raise FileTooLarge(
            f"A sheet of the workbook spans {cells:,} cells; the limit is {limits.cells:,}.",
            "Delete what stands far from the table, or save the table as CSV.",
        )
