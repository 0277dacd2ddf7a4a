# The program without a PostgreSQL of its own: it needs a DATABASE_URL, as docker-compose.yml gives it one.
FROM swift:6.3-bookworm AS build
RUN apt-get update \
    && apt-get install --yes --no-install-recommends libpq-dev pkg-config \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /source
# There is no Package.resolved: a library leaves the choice to whoever uses it. The manifest takes only patch releases of what it names; what those bring
# along is chosen on the day of building. An image that has to be the same again is kept, not built again.
# The manifest names the targets of the tests too, and Sources has links into sql and fixtures.
COPY Package.swift ./
COPY Sources ./Sources
COPY Tests ./Tests
COPY fixtures ./fixtures
COPY sql ./sql
RUN swift build --configuration release --product os2medlem \
    && install -D "$(swift build --configuration release --show-bin-path)/os2medlem" /out/os2medlem

FROM swift:6.3-bookworm-slim
# curl asks for the health; postgresql-client is what `database backup` and `restore` run.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends curl libpq5 postgresql-client tzdata \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /work --create-home os2medlem
COPY --from=build /out/os2medlem /usr/local/bin/os2medlem
USER os2medlem
WORKDIR /work
EXPOSE 8080 9090
# Alive, and not ready: starting it again does not bring a database back.
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s \
    CMD ["curl", "--fail", "--silent", "--output", "/dev/null", "http://127.0.0.1:9090/health/live"]
ENTRYPOINT ["os2medlem"]
CMD ["serve", "--host", "0.0.0.0", "--port", "8080", "--admin-port", "9090"]
