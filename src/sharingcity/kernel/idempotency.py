"""The same request twice gets the same answer once: for every creating call, by key, for 24 hours."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from sharingcity.kernel.db import lock, retried, write
from sharingcity.kernel.errors import Refusal
from sharingcity.kernel.models import IdempotencyKey

KEPT = timedelta(hours=24)
LONGEST_KEY = 255


@dataclass(frozen=True, slots=True)
class Answer:
    """A status and a JSON body as they were, or will be, sent."""

    status: int
    body: Any


@retried
def answer_once(*, holder: str, key: str, body: bytes, now: datetime, run: Callable[[], Answer]) -> Answer:
    """Runs `run` unless this holder has used `key` within 24 hours; then gives the kept answer.

    While the first still runs, the second waits. The key is kept in the same transaction as what `run` writes, so a
    crash leaves both or neither. `run` turns its refusals into answers; 429 and server errors are not kept.

    Raises: Refusal `idempotency.key_reused` for another body, `idempotency.key_too_long`.
    """
    if len(key) > LONGEST_KEY:
        raise Refusal("idempotency.key_too_long", _("Use an Idempotency-Key of at most 255 characters."))
    digest = hashlib.sha256(body).hexdigest()
    with write():
        lock([f"idempotency:{holder}:{key}"])
        kept = IdempotencyKey.objects.filter(holder=holder, key=key).first()
        if kept is not None and kept.created_at > now - KEPT:
            if kept.body_hash != digest:
                raise Refusal(
                    "idempotency.key_reused", _("This Idempotency-Key was used with another request. Use a new one.")
                )
            return Answer(kept.status or 200, kept.answer)
        answer = run()
        if answer.status != 429 and answer.status < 500:
            IdempotencyKey.objects.update_or_create(
                holder=holder,
                key=key,
                defaults={"body_hash": digest, "status": answer.status, "answer": answer.body, "created_at": now},
            )
        return answer


def forget_keys(now: datetime) -> int:
    """Keys older than a day go."""
    return IdempotencyKey.objects.filter(created_at__lt=now - KEPT).delete()[0]
