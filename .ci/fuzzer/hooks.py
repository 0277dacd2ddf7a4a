"""What schemathesis has to know of the API beside its description."""

import pathlib
import threading

import schemathesis
from schemathesis import GenerationMode

# Where each operation's list goes on: the last cursor that an answer of it gave. Requests are made by several threads.
going_on = {}
lock = threading.Lock()

# A line for each page that was asked for and was not a list's first, so that whoever started this sees that there were any.
further_pages = pathlib.Path("further-pages")


def is_good(case):
    return case.meta is not None and case.meta.generation.mode == GenerationMode.POSITIVE


@schemathesis.hook
def before_call(context, case, kwargs):
    """What no description could say: a cursor is its list's own, so that one that was made up in its form is refused; and days do not end before they begin."""
    if not is_good(case) or not case.query:
        return
    if case.query.pop("cursor", None) is not None:
        # In its place one that the list gave, as soon as it has given any: further pages are asked for with whatever else was made up.
        with lock:
            given = going_on.get(case.operation.label)
            if given is not None:
                case.query["cursor"] = given
                with further_pages.open("a") as file:
                    file.write(f"{case.operation.label}\n")
    first, last = case.query.get("from"), case.query.get("to")
    if isinstance(first, str) and isinstance(last, str) and last < first:
        case.query["from"], case.query["to"] = last, first


@schemathesis.hook
def after_call(context, case, response):
    """Keeps where a list goes on."""
    if response.status_code != 200 or not response.headers.get("content-type", [""])[0].startswith("application/json"):
        return
    answer = response.json()
    if isinstance(answer, dict) and isinstance(answer.get("next"), str):
        with lock:
            going_on[case.operation.label] = answer["next"]
