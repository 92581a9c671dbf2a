# Two stages: packages are installed once, the running image holds no compiler and no root.
FROM python:3.11-slim-bookworm AS packages
COPY requirements.txt /tmp/requirements.txt
RUN python -m venv /opt/venv \
    && /opt/venv/bin/pip install --no-cache-dir --require-hashes -r /tmp/requirements.txt

FROM python:3.11-slim-bookworm
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    SANWEI_ENV=production \
    SANWEI_DATA_DIR=/data
RUN groupadd --system --gid 10001 sanwei \
    && useradd --system --uid 10001 --gid sanwei --home-dir /app --shell /usr/sbin/nologin sanwei \
    && install -d -o sanwei -g sanwei -m 0750 /data /data/static /data/media
COPY --from=packages /opt/venv /opt/venv
COPY . /app
WORKDIR /app
USER 10001:10001
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
ENTRYPOINT ["deploy/entrypoint.sh"]
CMD ["web"]
