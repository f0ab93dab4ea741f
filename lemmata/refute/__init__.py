"""Counterexamples: the attack on every statement, in exact rationals and rigorous balls."""

from lemmata.refute.again import look_again as look_again
from lemmata.refute.again import written as written
from lemmata.refute.counterexample import Counterexample as Counterexample
from lemmata.refute.schedule import BRIEF as BRIEF
from lemmata.refute.schedule import THOROUGH as THOROUGH
from lemmata.refute.schedule import Budget as Budget
from lemmata.refute.search import Attack as Attack
from lemmata.refute.search import attack as attack
