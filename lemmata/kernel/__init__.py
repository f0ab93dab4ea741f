"""The kernel: the only judge. It uses nothing but the standard library."""

from lemmata.kernel.check import Verdict as Verdict
from lemmata.kernel.check import check as check
from lemmata.kernel.checked import Checked as Checked
from lemmata.kernel.document import from_document as from_document
from lemmata.kernel.document import to_document as to_document
from lemmata.kernel.document import verify_document as verify_document
from lemmata.kernel.document import verify_text as verify_text
