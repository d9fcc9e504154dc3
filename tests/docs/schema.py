"""A validator for the keywords of JSON Schema 2020-12 that search/result.schema.json uses."""
import re

TYPES = {
    "object": lambda v: isinstance(v, dict),
    "boolean": lambda v: isinstance(v, bool),
    "array": lambda v: isinstance(v, list),
    "string": lambda v: isinstance(v, str),
    "number": lambda v: isinstance(v, (int, float)) and not isinstance(v, bool),
    "integer": lambda v: isinstance(v, int) and not isinstance(v, bool),
}
NOTES = {"$schema", "$id", "$defs", "title", "description", "x-version"}
KEYWORDS = NOTES | {"$ref", "allOf", "type", "enum", "required", "properties",
                    "additionalProperties", "items", "minItems", "maxItems", "minimum",
                    "minLength", "pattern"}


def resolve(root, ref):
    """The schema that a reference into the same file (#/a/b) names."""
    schema = root
    for part in ref.split("/")[1:]:
        schema = schema[part]
    return schema


def errors(root, schema, value, path="$"):
    """What is wrong with VALUE, one string a fault."""
    unknown = set(schema) - KEYWORDS
    if unknown:
        raise ValueError("keywords that this validator does not know: %s" % sorted(unknown))
    found = []
    if "$ref" in schema:
        found += errors(root, resolve(root, schema["$ref"]), value, path)
    for part in schema.get("allOf", []):
        found += errors(root, part, value, path)
    if "type" in schema and not TYPES[schema["type"]](value):
        return found + ["%s: is no %s" % (path, schema["type"])]
    if "enum" in schema and value not in schema["enum"]:
        found.append("%s: is none of %s" % (path, schema["enum"]))
    if "minimum" in schema and value < schema["minimum"]:
        found.append("%s: is less than %s" % (path, schema["minimum"]))
    if "minLength" in schema and len(value) < schema["minLength"]:
        found.append("%s: is too short" % path)
    if "pattern" in schema and not re.search(schema["pattern"], value):
        found.append("%s: does not match %s" % (path, schema["pattern"]))
    if isinstance(value, dict):
        found += object_errors(root, schema, value, path)
    if isinstance(value, list):
        found += array_errors(root, schema, value, path)
    return found


def object_errors(root, schema, value, path):
    found = ["%s: lacks %s" % (path, name)
             for name in schema.get("required", []) if name not in value]
    properties = schema.get("properties", {})
    for name, member in value.items():
        if name in properties:
            found += errors(root, properties[name], member, path + "." + name)
        elif "additionalProperties" in schema:
            found += errors(root, schema["additionalProperties"], member, path + "." + name)
    return found


def array_errors(root, schema, value, path):
    found = []
    if len(value) < schema.get("minItems", 0):
        found.append("%s: has too few items" % path)
    if len(value) > schema.get("maxItems", len(value)):
        found.append("%s: has too many items" % path)
    for i, item in enumerate(value):
        if "items" in schema:
            found += errors(root, schema["items"], item, "%s[%d]" % (path, i))
    return found


def known_names(root, schema):
    """The members that an object of this schema may have by name; None: any."""
    if "$ref" in schema:
        return known_names(root, resolve(root, schema["$ref"]))
    if "additionalProperties" in schema:
        return None
    names = set(schema.get("properties", {}))
    for part in schema.get("allOf", []):
        names |= known_names(root, part)
    return names
