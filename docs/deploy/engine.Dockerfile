# syntax=docker/dockerfile:1
# The Rust server of Durable Streams, in the version Bough is tested with (docs/reliability.md).
FROM rust:1-bookworm AS build
RUN cargo install durable-streams --version 0.1.5 --locked --root /out

FROM debian:bookworm-slim
COPY --from=build /out/bin/durable-streams-server /usr/local/bin/
RUN install --directory --owner=1000 --group=1000 --mode=0700 /data
USER 1000:1000
VOLUME /data
EXPOSE 4437
ENTRYPOINT ["durable-streams-server"]
CMD ["--host", "0.0.0.0", "--data-dir", "/data"]
