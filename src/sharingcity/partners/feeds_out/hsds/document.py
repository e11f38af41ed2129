"""What this interface is: the facts at its root, and its OpenAPI document."""

from typing import Any, Final

from sharingcity.partners.feeds_out.licences import city_licence, publisher_name

VERSION: Final = "3.1"
PROFILE: Final = "https://docs.openreferral.org/en/v3.1.0/hsds/"
SCHEMAS: Final = "https://raw.githubusercontent.com/openreferral/specification/3.1/schema/compiled"
LISTS: Final = {"organizations": "organization", "services": "service", "service_at_locations": "service_at_location"}


def root(origin: str) -> dict[str, Any]:
    return {
        "version": VERSION,
        "profile": PROFILE,
        "openapi_url": f"{origin}/api/hsds/openapi.json",
        "description": "Who shares what in the city: organisations, their services, and what can be had where.",
        "publisher": {"name": publisher_name(), "website": f"{origin}/"},
    }


def openapi(origin: str) -> dict[str, Any]:
    """An OpenAPI 3.1 document that names the official schemas of what is answered."""
    licence = city_licence()
    paths: dict[str, Any] = {"/": {"get": _call("getRoot", "What this interface is", {"type": "object"}, [])}}
    for name, kind in LISTS.items():
        whole = {"$ref": f"{SCHEMAS}/{kind}.json"}
        page = {
            "allOf": [
                {"$ref": "#/components/schemas/Page"},
                {"properties": {"contents": {"type": "array", "items": whole}}},
            ]
        }
        paths[f"/{name}"] = {"get": _call(f"list_{name}", f"A page of {name}", page, _parameters(name))}
        key = {"name": "id", "in": "path", "required": True, "schema": {"type": "string", "format": "uuid"}}
        paths[f"/{name}/{{id}}"] = {"get": _call(f"get_{kind}", f"One {kind} with its parts", whole, [key])}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"HSDS {VERSION} of {publisher_name()}",
            "version": "1.0.0",
            "license": {"name": licence.name, "url": licence.url},
        },
        "servers": [{"url": f"{origin}/api/hsds"}],
        "paths": paths,
        "components": {"schemas": {"Page": _page()}},
    }


def _call(key: str, summary: str, schema: dict[str, Any], parameters: list[Any]) -> dict[str, Any]:
    answer = {"description": summary, "content": {"application/json": {"schema": schema}}}
    return {"operationId": key, "summary": summary, "parameters": parameters, "responses": {"200": answer}}


def _parameters(name: str) -> list[dict[str, Any]]:
    found = [
        ("page", {"type": "integer", "minimum": 1, "default": 1}),
        ("per_page", {"type": "integer", "minimum": 1, "maximum": 100, "default": 50}),
        ("full", {"type": "boolean", "default": False}),
        ("format", {"type": "string", "enum": ["json", "ndjson"], "default": "json"}),
        ("lang", {"type": "string"}),
    ]
    if name != "organizations":
        found.append(("organization_id", {"type": "string", "format": "uuid"}))
        found.append(("modified_after", {"type": "string", "format": "date-time"}))
    if name == "services":
        found.append(("minimal", {"type": "boolean", "default": False}))
    return [{"name": key, "in": "query", "required": False, "schema": schema} for key, schema in found]


def _page() -> dict[str, Any]:
    numbers = ("total_items", "total_pages", "page_number", "size")
    flags = ("first_page", "last_page", "empty")
    return {
        "type": "object",
        "properties": {
            **{name: {"type": "integer"} for name in numbers},
            **{name: {"type": "boolean"} for name in flags},
        },
        "required": ["empty"],
    }
