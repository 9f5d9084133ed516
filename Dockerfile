# Jinwen in a container: the program, gojieba's dictionaries and a font for
# Chinese charts. It runs as an ordinary user on a read-only file system; only
# /var/lib/jinwen is written to. bot/deploy/compose.yaml shows how to run it. Both
# images are named by exact tags (of one Debian, and so one glibc): raise them on
# purpose.
#
#   docker build -t jinwen .
#   docker run --rm -it jinwen ask 今年GDP目标是多少
FROM golang:1.26.8-bookworm AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY main.go ./
COPY corpus corpus
COPY index index
COPY handlers handlers
COPY bot bot
ARG VERSION=devel
# cgo is needed: gojieba is C++. The runtime image has the same glibc. gojieba
# must be given an idf file, of which nothing here makes use: one of a single
# word serves, and nothing need be written to /tmp.
RUN CGO_ENABLED=1 go build -trimpath -ldflags "-s -w -X jinwen/bot/cli.release=${VERSION}" -o /out/jinwen . \
 && mkdir -p /out/dict \
 && dict="$(go list -m -f '{{.Dir}}' github.com/yanyiwu/gojieba)/deps/cppjieba/dict" \
 && cp "$dict"/jieba.dict.utf8 "$dict"/hmm_model.utf8 "$dict"/user.dict.utf8 "$dict"/stop_words.utf8 /out/dict/ \
 && echo '的 1.0' > /out/dict/idf.utf8 \
 && chmod -R a+rX /out

FROM debian:12.12-slim
RUN apt-get update \
 && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends ca-certificates fonts-wqy-microhei libstdc++6 tzdata \
 && rm -rf /var/lib/apt/lists/* \
 && groupadd --system --gid 10001 jinwen \
 && useradd --system --uid 10001 --gid 10001 --home-dir /var/lib/jinwen --shell /usr/sbin/nologin jinwen \
 && install -d -o jinwen -g jinwen -m 0700 /var/lib/jinwen
COPY --from=build /out/jinwen /usr/local/bin/jinwen
COPY --from=build /out/dict /usr/share/jinwen/dict
ENV JINWEN_DATA_DIR=/var/lib/jinwen \
    JINWEN_LISTEN=127.0.0.1:9090 \
    JINWEN_LOG_FORMAT=json \
    TZ=Asia/Shanghai
USER jinwen
WORKDIR /var/lib/jinwen
VOLUME /var/lib/jinwen
HEALTHCHECK --interval=30s --timeout=6s --start-period=20s --retries=3 CMD ["jinwen", "check", "--health"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["jinwen"]
