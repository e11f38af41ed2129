"""Keys with which a program acts for a person, or tries out what an organisation would send."""

from django.db import models


class ApiToken(models.Model):
    """A key's hash; the key itself is shown once and kept nowhere."""

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="api_tokens")
    name = models.CharField(max_length=60)
    token_hash = models.CharField(max_length=64, unique=True)
    # The first characters, so that a person recognises which key is which.
    beginning = models.CharField(max_length=12)
    created_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    # Of a sandbox key, the organisation for which its person made it; it never acts as that person. A number, as the
    # scope of a grant is: organisations belong to a room above.
    sandbox_of = models.PositiveBigIntegerField(null=True, blank=True, db_index=True)

    def __str__(self) -> str:
        return f"{self.name} ({self.beginning}…)"
