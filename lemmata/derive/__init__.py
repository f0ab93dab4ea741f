"""Writers of proofs: chains of lines, inductions, theorems, and the tactics that find their steps."""

from lemmata.derive.axiom import axiom as axiom
from lemmata.derive.chain import calc as calc
from lemmata.derive.chain import cases as cases
from lemmata.derive.chain import induction as induction
from lemmata.derive.chain import squeeze as squeeze
from lemmata.derive.collect import collect as collect
from lemmata.derive.collect import figures as figures
from lemmata.derive.disproof import Disproof as Disproof
from lemmata.derive.disproof import disproof as disproof
from lemmata.derive.errors import DerivationError as DerivationError
from lemmata.derive.errors import Disagreement as Disagreement
from lemmata.derive.errors import UnknownReason as UnknownReason
from lemmata.derive.figure import figure as figure
from lemmata.derive.gradient import derive_gradient as derive_gradient
from lemmata.derive.solve import solve_for as solve_for
from lemmata.derive.theorem import Theorem as Theorem
from lemmata.derive.theorem import counterpart as counterpart
from lemmata.derive.theorem import theorem as theorem
