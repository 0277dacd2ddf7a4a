"""Looks over Dockerfile and docker-compose.yml without an engine: containers.py [ROOT]

That what is copied is there, that what is named is named, that nobody runs as root or finds a password, and that the program has the options it is
started with. That the images build and run, only an engine can tell.
"""

import json
import os
import pathlib
import re
import subprocess
import sys

import yaml

HERE = pathlib.Path(__file__).resolve().parents[2]
ROOT = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else HERE).resolve()
PROGRAM = os.environ.get("PROGRAM") or HERE / ".build" / "debug" / "os2medlem"
# What libpq takes from the environment, of what is used here.
OF_LIBPQ = {"PGPASSWORD", "PGSSLMODE"}
OF_POSTGRES_IMAGE = {"POSTGRES_DB", "POSTGRES_USER", "POSTGRES_PASSWORD"}

faults = []


class UniqueKeys(yaml.SafeLoader):
    """YAML in which a key stands once."""

    def construct_mapping(self, node, deep=False):
        keys = [key.value for key, _ in node.value]
        for key in sorted({key for key in keys if keys.count(key) > 1}):
            faults.append(f"docker-compose.yml: {key} is there twice")
        return super().construct_mapping(node, deep)


def instructions(text):
    """A Dockerfile's instructions: name and rest, with continued lines joined and comments taken off."""
    text = re.sub(r"^\s*#.*\n", "", text, flags=re.MULTILINE).replace("\\\n", " ")
    for line in filter(str.strip, text.splitlines()):
        name, _, rest = line.strip().partition(" ")
        yield name.upper(), re.sub(r"\s+", " ", rest.strip())


def words(place, text):
    """The words of an instruction in exec form."""
    try:
        return json.loads(text)
    except ValueError:
        faults.append(f"{place}: {text} is not in exec form")
        return []


def check_options(place, arguments):
    """That the program knows what it is told."""
    commands = []
    for argument in arguments:
        if argument.startswith("-"):
            break
        commands.append(argument)
    result = subprocess.run([PROGRAM, *commands, "--help"], capture_output=True, text=True)
    if result.returncode or f"USAGE: os2medlem {' '.join(commands)}".strip() not in result.stdout:
        faults.append(f"{place}: there is no command os2medlem {' '.join(commands)}")
    known = set(re.findall(r"(?<![\w-])--?[a-z][a-z-]*", result.stdout))
    for argument in arguments:
        if argument.startswith("-") and argument.partition("=")[0] not in known:
            faults.append(f"{place}: os2medlem {' '.join(commands)} has no option {argument}")
    return result.stdout


def is_sent(source):
    """Whether a file or folder reaches the build past .dockerignore."""
    ignored = (ROOT / ".dockerignore").read_text("utf-8").split()
    return f"!{source.split('/')[0]}" in ignored if "*" in ignored else source not in ignored


def check_dockerfile():
    stages, known, user = [], {}, None
    for name, rest in instructions((ROOT / "Dockerfile").read_text("utf-8")):
        if name == "FROM":
            image, _, stage = rest.partition(" AS ")
            if ":" not in image or image.endswith(":latest"):
                faults.append(f"Dockerfile: {image} has no tag of its own")
            stages.append(stage)
            known, user = {}, None
        elif name == "COPY":
            *sources, _ = [word for word in rest.split() if not word.startswith("--")]
            origin = re.search(r"--from=(\S+)", rest)
            if origin and origin[1] not in stages[:-1]:
                faults.append(f"Dockerfile: no stage {origin[1]} to copy from")
            for source in [] if origin else sources:
                if not (ROOT / source).exists():
                    faults.append(f"Dockerfile: {source} is copied and is not there")
                elif not is_sent(source):
                    faults.append(f"Dockerfile: {source} is copied and .dockerignore keeps it back")
        elif name == "USER":
            user = rest
        elif name in ("ENTRYPOINT", "CMD"):
            known[name] = words(f"Dockerfile: {name}", rest)
        elif name == "HEALTHCHECK":
            known[name] = words(f"Dockerfile: {name}", rest.partition("CMD ")[2])
    if user in (None, "root", "0"):
        faults.append("Dockerfile: it runs as root")
    if known.get("ENTRYPOINT") != ["os2medlem"]:
        faults.append("Dockerfile: it is not os2medlem that is started")
    arguments = known.get("CMD", [])
    check_options("Dockerfile: CMD", arguments)
    port = arguments[arguments.index("--admin-port") + 1] if "--admin-port" in arguments else "9090"
    if f"http://127.0.0.1:{port}/health/live" not in known.get("HEALTHCHECK", []):
        faults.append(f"Dockerfile: the admin port {port} is not asked for the health")


def check_environment(place, service, services):
    logins = set(re.findall(r"\\getenv \w+ (\w+)", (ROOT / "sql/logins.sql").read_text("utf-8")))
    known = {"DATABASE_URL"} | OF_LIBPQ if "build" in service else OF_POSTGRES_IMAGE | logins
    for name, value in (service.get("environment") or {}).items():
        if "PASSWORD" in name and not re.fullmatch(r"\$\{\w+:\?.*\}", str(value)):
            faults.append(f"{place}: {name} is not ${{…:?}}: no password stands in a file, and none is left out")
        if re.search(r"://[^/@]*:[^/@]*@", str(value)):
            faults.append(f"{place}: a password stands in {name}")
        if name == "DATABASE_URL" and (host := re.search(r"@([^/:]+)", value)) and host[1] not in services:
            faults.append(f"{place}: {name} names {host[1]}, which is no service")
        if name not in known:
            faults.append(f"{place}: nobody reads {name}")
    if "build" not in service:
        for name in sorted(logins - set(service.get("environment") or {})):
            faults.append(f"{place}: sql/logins.sql reads {name}, which is not there")


def check_compose():
    composed = yaml.load((ROOT / "docker-compose.yml").read_text("utf-8"), UniqueKeys)
    services, volumes = composed["services"], composed.get("volumes") or {}
    for name, service in services.items():
        place = f"docker-compose.yml: {name}"
        if "build" in service:
            if not (ROOT / service["build"] / "Dockerfile").is_file():
                faults.append(f"{place}: no Dockerfile in {service['build']}")
            check_options(place, service.get("command") or [])
        elif ":" not in service["image"]:
            faults.append(f"{place}: {service['image']} has no tag")
        check_environment(place, service, services)
        for other, how in (service.get("depends_on") or {}).items():
            condition = how["condition"]
            if other not in services:
                faults.append(f"{place}: depends on {other}, which is no service")
            elif condition == "service_healthy" and "test" not in (services[other].get("healthcheck") or {}):
                faults.append(f"{place}: waits for the health of {other}, which is never asked for it")
            elif condition not in ("service_healthy", "service_completed_successfully", "service_started"):
                faults.append(f"{place}: {condition} is no condition")
        for volume in service.get("volumes") or []:
            source = volume.split(":")[0]
            if not ((ROOT / source).exists() if source.startswith(".") else source in volumes):
                faults.append(f"{place}: {source} is mounted and is not there")
        for port in service.get("ports") or []:
            if not port.startswith("127.0.0.1:") or port.endswith(":9090"):
                faults.append(f"{place}: {port} is open to everybody")
    return len(services)


def main():
    check_dockerfile()
    services = check_compose()
    for fault in faults:
        print(fault)
    print(f"Dockerfile and {services} services, {len(faults)} fault(s)")
    return bool(faults) or services == 0


sys.exit(main())
