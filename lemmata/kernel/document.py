"""The document: a certificate as text, with its format, version and digest."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from lemmata.kernel.certificate import Certificate
from lemmata.kernel.check import TOO_DEEP, Verdict, judged
from lemmata.kernel.checked import Checked
from lemmata.kernel.codec import Reader
from lemmata.kernel.errors import IllFormed, KernelError, TooLarge
from lemmata.kernel.schema import certificates

FORMAT = "lemmata-certificate"
VERSION = 2
LARGEST_TEXT = 2_000_000


def to_document(certificate: Certificate) -> dict[str, Any]:
    """A certificate as JSON values, with its digest."""
    body = {"format": FORMAT, "version": VERSION, "certificate": certificates.write(certificate)}
    return {**body, "digest": digest_of(body)}


def digest_of(body: dict[str, Any]) -> str:
    """The SHA-256 of the document without its digest, written without spaces and with sorted keys."""
    data = json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode()
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


def from_document(document: Any) -> Certificate:
    """The certificate in a document. Raises IllFormed or TooLarge."""
    if not isinstance(document, dict) or set(document) != {"format", "version", "certificate", "digest"}:
        raise IllFormed("a document has the fields format, version, certificate and digest")
    if (
        document["format"] != FORMAT
        or document["version"] != VERSION
        or isinstance(document["version"], bool)
    ):
        raise IllFormed(f"this kernel reads the format {FORMAT}, version {VERSION}")
    if document["digest"] != digest_of({key: document[key] for key in ("format", "version", "certificate")}):
        raise IllFormed("the digest does not fit: the certificate was changed")
    certificate: Certificate = Reader().at("certificate", certificates, document["certificate"])
    return certificate


def verify_document(document: Any, checked: Checked | None = None) -> tuple[Certificate, Verdict]:
    """The certificate in a document, and the verdict on it; `checked` as for `check`.

    Raises IllFormed or TooLarge where the document cannot be read.
    """
    certificate = from_document(document)
    return certificate, judged(certificate, document["digest"], checked)


def verify_text(text: str) -> Verdict:
    """The verdict on a certificate given as text; never raises for what is in the text."""
    try:
        if len(text) > LARGEST_TEXT:
            raise TooLarge(f"a certificate has at most {LARGEST_TEXT} characters")
        return verify_document(json.loads(text))[1]
    except ValueError as error:
        return Verdict("invalid", reason=f"this is no JSON: {error}")
    except RecursionError:
        return Verdict("invalid", reason=TOO_DEEP)
    except KernelError as error:
        return Verdict("invalid", reason=str(error))
