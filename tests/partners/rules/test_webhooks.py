"""When a call is tried again, and how it is signed."""

import base64
import hashlib
from datetime import UTC, datetime, timedelta

from tests.factories import NOW

from sharingcity.partners.rules.webhooks import DELAYS, next_delivery, secret_of, shown_secret, signed_headers


def test_pauses_grow_by_the_standard_with_a_lot_and_end_after_three_days() -> None:
    pauses = [(next_delivery(NOW, failures, 0.5) or NOW) - NOW for failures in range(1, len(DELAYS) + 1)]
    assert pauses == list(DELAYS)
    assert sum(pauses, timedelta(0)) > timedelta(days=3)
    assert next_delivery(NOW, len(DELAYS) + 1, 0.5) is None
    assert next_delivery(NOW, 1, 0.5, timedelta(days=30)) == NOW + timedelta(days=1)


def test_signature_is_that_of_the_standards_reference_libraries() -> None:
    secret = base64.b64decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    at = datetime.fromtimestamp(1_614_265_330, UTC)

    one = signed_headers("msg_p5jXN8AQM9LWM0D4loKWxJek", at, b'{"test": 2432232314}', [secret])
    two = signed_headers("msg_p5jXN8AQM9LWM0D4loKWxJek", at, b'{"test": 2432232314}', [secret, b"another"])

    assert one["webhook-timestamp"] == "1614265330"
    assert one["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    assert two["webhook-signature"].startswith(one["webhook-signature"] + " v1,")


def test_secret_belongs_to_salt_and_city() -> None:
    assert secret_of("a", "city") != secret_of("b", "city") != secret_of("b", "other")
    assert len(secret_of("a", "city")) == hashlib.sha256().digest_size
    assert shown_secret(b"\xff" * 32).startswith("whsec_/////")
