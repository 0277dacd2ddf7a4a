"""What schemathesis has to know of the API beside its description."""

import schemathesis
from schemathesis import GenerationMode


@schemathesis.hook
def before_call(context, case, kwargs):
    """What no description could say: a cursor is a page's own, so that one that was made up in its form is refused; and days do not end before they begin."""
    meta = case.meta
    if meta is not None and meta.generation.mode == GenerationMode.POSITIVE and case.query:
        case.query.pop("cursor", None)
        first, last = case.query.get("from"), case.query.get("to")
        if isinstance(first, str) and isinstance(last, str) and last < first:
            case.query["from"], case.query["to"] = last, first
