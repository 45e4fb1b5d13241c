"""From paragraphs to an answer that has the shape asked for: kept, asked, repaired."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from curation.extraction.documents import Document
from curation.extraction.llm import prompt, schema
from curation.extraction.llm.keeping import Kept, digest_of
from curation.extraction.llm.passages import Passage
from curation.extraction.llm.settings import MAX_COST, MAX_TOKENS, Settings
from curation.extraction.llm.wire import (
    REFUSED,
    Reply,
    ServerFailedError,
    Wire,
    tokens_of,
)
from curation.extraction.reading import UnavailableError

logger = logging.getLogger(__name__)

Answer = dict[str, list[dict[str, Any]]]

_FENCE = re.compile(r"\A\s*```(?:json)?\s*\n(.*?)\n?\s*```\s*\Z", re.DOTALL)
_MOST_OUT = 8_000  # tokens of one answer
_LEAST_OUT = 500  # fewer are not worth a request
_SHOWN_AGAIN = 8_000  # characters of a wrong answer that is shown to its model
_SCHEMA = {
    "type": "json_schema",
    "json_schema": {"name": "findings", "strict": True, "schema": schema.for_server()},
}
_OBJECT = {"type": "json_object"}
# What servers understand, the strictest first. The newest models want another name for
# the limit and no temperature.
_FORMS: tuple[tuple[dict[str, Any], bool], ...] = (
    (_SCHEMA, False),
    (_SCHEMA, True),
    (_OBJECT, False),
    (_OBJECT, True),
)


class BudgetSpentError(UnavailableError):
    """The cost allowed for a day is spent; nothing is asked before the next."""


@dataclass
class Budget:
    """The tokens that one article may still take."""

    left: int

    def out_for(self, messages: prompt.Messages) -> int:
        """Tokens that the answer to `messages` may have; 0 when it is not worth it."""
        asked = sum(tokens_of(each["content"]) for each in messages)
        out = min(_MOST_OUT, self.left - asked)
        return out if out >= _LEAST_OUT else 0


@dataclass
class Model:
    """A model behind a server, which remembers what that server understands."""

    settings: Settings
    wire: Wire
    kept: Kept
    _form: int = field(default=0, init=False)

    def answer(
        self, document: Document, part: Sequence[Passage], budget: Budget
    ) -> Answer | None:
        """What the model says of these paragraphs; None if nothing that can be used.

        Raises ServerFailedError, and BudgetSpentError when the day's cost is reached.
        """
        asked = prompt.messages(document, part)
        digest = digest_of(asked[-1], self.settings.model, prompt.VERSION)
        known = self.kept.answer(digest)
        if known is not None and not schema.wrong_with(known):
            found: Answer = known
            return found
        answer = self._asked(asked, budget)
        if answer is not None:
            self.kept.keep(digest, answer)
        return answer

    def _asked(self, asked: prompt.Messages, budget: Budget) -> Answer | None:
        text = self._text(asked, budget)
        answer, problem = _parsed(text)
        if answer is None and text is not None:
            again = prompt.repair(asked, text[:_SHOWN_AGAIN], problem)
            text = self._text(again, budget)
            answer, problem = _parsed(text)
        if answer is None:
            logger.warning("no usable answer of the language model: %s", problem)
        return answer

    def _text(self, messages: prompt.Messages, budget: Budget) -> str | None:
        """What the model writes; None when the article's tokens do not suffice."""
        out = budget.out_for(messages)
        if not out:
            logger.warning("%s is reached: not all of an article is read", MAX_TOKENS)
            return None
        most = self.settings.max_cost
        if most is not None and self.kept.spent_today() >= most:
            raise BudgetSpentError(f"{MAX_COST} is reached for today")
        reply = self._sent(messages, out)
        budget.left -= reply.tokens_in + reply.tokens_out
        cost_in, cost_out = self.settings.prices
        cost = (reply.tokens_in * cost_in + reply.tokens_out * cost_out) / 1_000_000
        if cost:
            self.kept.spend(cost)
        return reply.text

    def _sent(self, messages: prompt.Messages, out: int) -> Reply:
        """Send in the strictest form that the server takes."""
        for form in range(self._form, len(_FORMS)):
            try:
                reply = self.wire.send(self._payload(messages, out, *_FORMS[form]))
            except ServerFailedError as failure:
                if failure.status not in REFUSED or form == len(_FORMS) - 1:
                    raise
            else:
                self._form = form
                return reply
        raise AssertionError("the last form returns or raises")

    def _payload(
        self, messages: prompt.Messages, out: int, form: dict[str, Any], newest: bool
    ) -> dict[str, Any]:
        payload: dict[str, Any] = {
            "model": self.settings.model,
            "messages": messages,
            "response_format": form,
        }
        if newest:
            return payload | {"max_completion_tokens": out}
        return payload | {"max_tokens": out, "temperature": 0}


def _parsed(text: str | None) -> tuple[Answer | None, str]:
    """The answer if it has the shape, else what is wrong with it."""
    if text is None:
        return None, "too few tokens are left"
    fenced = _FENCE.match(text)
    try:
        data = json.loads(fenced[1] if fenced else text)
    except (ValueError, RecursionError):
        return None, "it is not JSON, or not all of it"
    if problem := schema.wrong_with(data):
        return None, problem
    answer: Answer = data
    return answer, ""
