"""The queues of problems: what is in each, why it matters, what mends it."""

from curation.problems.counting import COUNTED, count_of
from curation.problems.queues import PROBLEMS, Problem, problem_of

__all__ = ["COUNTED", "PROBLEMS", "Problem", "count_of", "problem_of"]
