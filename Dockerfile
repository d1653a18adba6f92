FROM python:3.11-slim-bookworm AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc requirements-node.txt ./
COPY script/image script/vendor script/
RUN script/image modules
COPY requirements.txt ./
COPY locale locale
RUN script/image app

FROM python:3.11-slim-bookworm
# pg_dump and pg_restore for the backups, a font for Chinese on papers and watermarks.
RUN apt-get update \
  && apt-get install -y --no-install-recommends postgresql-client fonts-noto-cjk \
  && rm -rf /var/lib/apt/lists/* \
  && useradd --system --uid 10001 --home-dir /app xuntu \
  && install -d -o xuntu /data
WORKDIR /app
COPY . .
COPY --from=build /app/.venv .venv
COPY --from=build /app/static/vendor static/vendor
COPY --from=build /app/locale locale
ENV XUNTU_DATA=/data HOST=0.0.0.0
VOLUME /data
USER xuntu
EXPOSE 8000
ENTRYPOINT ["script/serve"]
CMD ["web"]
