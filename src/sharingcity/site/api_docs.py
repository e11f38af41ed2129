"""`/api/docs`: the OpenAPI document as a page of our own, without script and without a word that it does not say."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from sharingcity.site.api import api
from sharingcity.site.problem_codes import problem_codes

Schema = Mapping[str, Any]

# What an example question asks; every other call is shown with its places open.
QUESTIONS: Final = {
    "get_listings": "?kind=space&district=mapo&party_size=20"
    "&date_from=2026-12-03&date_to=2026-12-03&time_from=18:00&time_to=22:00&duration_minutes=120",
    "get_availability": "?from=2026-12-03T00:00:00%2B09:00&to=2026-12-04T00:00:00%2B09:00",
    "list_reservations": "?limit=20",
}
# Properties that an example shows although they may be left out.
SHOWN_IN_EXAMPLES: Final = {"listing", "party_size", "dates"}
SAMPLES: Final = {
    "starts_at": "2026-12-03T19:00:00+09:00",
    "ends_at": "2026-12-03T21:00:00+09:00",
    "listing": "LISTING_ID",
    "party_size": 12,
    "dates": ["2026-12-03", "2026-12-10"],
    "reason": {"ko": "조명 수리", "en": "The lights are being repaired"},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A parameter or a property. `ref` names the shape that it has, when it has one of its own."""

    name: str
    kind: str
    ref: str
    where: str
    is_required: bool
    words: SafeString


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What comes back with one status."""

    status: str
    title: str
    ref: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One operation of the document."""

    anchor: str
    method: str
    path: str
    summary: str
    words: SafeString
    needs_token: bool
    parameters: list[Field]
    body: str
    curl: str
    answers: list[Answer]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    tag: str
    calls: list[Call]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A schema with its properties."""

    name: str
    words: SafeString
    fields: list[Field]


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """The page; the document itself lies at `/api/v1/openapi.json`."""
    groups, shapes = read_document(f"{request.scheme}://{request.get_host()}")
    return render(request, "ui/api_docs.html", {"groups": groups, "shapes": shapes, "problems": problem_codes()})


@lru_cache(maxsize=8)
def read_document(origin: str) -> tuple[list[Group], list[Shape]]:
    """The calls by tag and the shapes by name; `origin` stands in the examples."""
    document: dict[str, Any] = json.loads(json.dumps(api.get_openapi_schema(), default=str))
    schemas: dict[str, Schema] = document["components"]["schemas"]
    groups: dict[str, list[Call]] = {}
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            for tag in operation.get("tags", ["other"])[:1]:
                groups.setdefault(tag, []).append(_call(method, path, operation, schemas, origin))
    shapes = [_shape(name, schemas[name]) for name in sorted(schemas)]
    return [Group(tag=tag, calls=calls) for tag, calls in sorted(groups.items(), reverse=True)], shapes


def _call(method: str, path: str, operation: Schema, schemas: Mapping[str, Schema], origin: str) -> Call:
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
    return Call(
        anchor=str(operation["operationId"]).removeprefix("sharingcity_"),
        method=method.upper(),
        path=path,
        summary=operation.get("summary", ""),
        words=marked_up(operation.get("description", "")),
        needs_token=bool(operation.get("security")),
        parameters=[_parameter(one) for one in operation.get("parameters", [])],
        body=_name(body),
        curl=_curl(f"{method.upper()} {origin}{path}", operation, example_of(body, schemas) if body else None),
        answers=[
            Answer(status=str(status), title=answer.get("description", ""), ref=_name(_content(answer)))
            for status, answer in operation["responses"].items()
        ],
    )


def _content(answer: Schema) -> Schema:
    bodies: list[Schema] = list(answer.get("content", {}).values())
    found: Schema = bodies[0].get("schema", {}) if bodies else {}
    return found


def _parameter(one: Schema) -> Field:
    schema = one["schema"]
    return Field(
        name=one["name"],
        kind=kind_of(schema),
        ref=_name(schema),
        where=one["in"],
        is_required=bool(one.get("required")),
        words=marked_up(one.get("description") or schema.get("description", "")),
    )


def _shape(name: str, schema: Schema) -> Shape:
    required = schema.get("required", [])
    fields = [
        Field(
            name=key,
            kind=kind_of(value),
            ref=_name(value),
            where="",
            is_required=key in required,
            words=marked_up(value.get("description", "")),
        )
        for key, value in schema.get("properties", {}).items()
    ]
    return Shape(name=name, words=marked_up(schema.get("description", "")), fields=fields)


def _parts(schema: Schema) -> Iterator[Schema]:
    """A schema and everything inside it."""
    yield schema
    for inner in (*schema.get("anyOf", ()), *schema.get("allOf", ()), *filter(None, [schema.get("items")])):
        yield from _parts(inner)


def _name(schema: Schema) -> str:
    """The first shape of its own that a schema names."""
    refs = (str(part["$ref"]).rsplit("/", 1)[-1] for part in _parts(schema) if "$ref" in part)
    return next(refs, "")


def kind_of(schema: Schema) -> str:
    """A type in a few words: `list of ItemOut`, `integer 1–200`, `meeting | study`, `string (date-time) or null`."""
    if "$ref" in schema:
        return str(schema["$ref"]).rsplit("/", 1)[-1]
    if several := schema.get("anyOf") or schema.get("allOf"):
        return " or ".join(dict.fromkeys(kind_of(one) for one in several))
    if "enum" in schema:
        return " | ".join(str(value) or "“”" for value in schema["enum"])
    if schema.get("type") == "array":
        return f"list of {kind_of(schema.get('items', {}))}"
    return _plain_kind(schema)


def _plain_kind(schema: Schema) -> str:
    words = str(schema.get("const", schema.get("type", "anything")))
    if "format" in schema:
        words += f" ({schema['format']})"
    if "minimum" in schema or "maximum" in schema:
        words += f" {schema.get('minimum', '')}–{schema.get('maximum', '')}"
    if "maxLength" in schema:
        words += f", at most {schema['maxLength']} characters"
    if schema.get("default") not in (None, "", []):
        words += f", default {schema['default']}"
    return words


def _curl(call: str, operation: Schema, body: Any) -> str:
    """A call that can be pasted into a terminal; CODE is to be filled in."""
    method, address = call.replace("{code}", "CODE").replace("{event}", "cancel").split(" ", 1)
    name = str(operation["operationId"]).split("_api_")[-1]
    lines = [f'curl{"" if method == "GET" else f" -X {method}"} "{address}{QUESTIONS.get(name, "")}"']
    if operation.get("security"):
        lines.append('-H "Authorization: Bearer $TOKEN"')
    if any(one["name"] == "Idempotency-Key" for one in operation.get("parameters", [])):
        lines.append('-H "Idempotency-Key: $(uuidgen)"')
    if body is not None:
        lines += ['-H "Content-Type: application/json"', f"-d '{json.dumps(body, ensure_ascii=False, indent=2)}'"]
    return " \\\n  ".join(lines)


def example_of(schema: Schema, schemas: Mapping[str, Schema], name: str = "") -> Any:
    """A value that fits: what must be there, and what one nearly always wants to say."""
    if name in SAMPLES:
        return SAMPLES[name]
    if "$ref" in schema:
        return example_of(schemas[_name(schema)], schemas)
    if several := schema.get("anyOf") or schema.get("allOf"):
        return example_of(several[0], schemas)
    if schema.get("type") == "object":
        wanted = {*schema.get("required", []), *SHOWN_IN_EXAMPLES}
        fields = schema.get("properties", {})
        return {key: example_of(value, schemas, key) for key, value in fields.items() if key in wanted}
    if schema.get("type") == "array":
        return [example_of(schema.get("items", {}), schemas)]
    return _plain_example(schema)


def _plain_example(schema: Schema) -> Any:
    if "enum" in schema or "default" in schema:
        return schema.get("default", next(iter(schema.get("enum", [""]))))
    by_type = {"integer": schema.get("minimum", 1), "number": 1.5, "boolean": True}
    return by_type.get(str(schema.get("type")), "2026-12-03" if schema.get("format") == "date" else "…")


def marked_up(text: str) -> SafeString:
    """Words between backticks as code; everything else as it is."""
    pieces = text.split("`")
    return format_html_join(
        "", "{}", ((format_html("<code>{}</code>", piece) if n % 2 else piece,) for n, piece in enumerate(pieces))
    )
