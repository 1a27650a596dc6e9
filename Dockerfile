# flux-lint with all it needs at run time: Node and git.
# docker run --rm -v "$PWD:/work" -w /work ghcr.io/flux-lint/flux-lint check

# What is built is the same for every platform, so it is built on the builder's own.
# hadolint ignore=DL3029
FROM --platform=$BUILDPLATFORM node:24.21.0-bookworm-slim AS build
WORKDIR /src
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY . .
RUN npm run build

FROM node:24.21.0-alpine
# Git refuses a repository that another user owns, and what is mounted mostly is one. Nothing else is in here to be read.
# Alpine keeps one version of a package at a time: a pinned one would be gone with the next fix.
# hadolint ignore=DL3018
RUN apk add --no-cache git tini && git config --system --add safe.directory '*'
COPY --from=build /src/package.json /src/LICENSE /opt/flux-lint/
COPY --from=build /src/dist /opt/flux-lint/dist
RUN ln -s /opt/flux-lint/dist/cli.js /usr/local/bin/flux-lint

LABEL org.opencontainers.image.title="flux-lint" \
      org.opencontainers.image.description="Static analysis for Flux CD repositories" \
      org.opencontainers.image.url="https://github.com/flux-lint/flux-lint" \
      org.opencontainers.image.source="https://github.com/flux-lint/flux-lint" \
      org.opencontainers.image.documentation="https://github.com/flux-lint/flux-lint/blob/main/docs/install.md" \
      org.opencontainers.image.licenses="Apache-2.0"

# The user "node" of the base image, as a number: Kubernetes can tell that it is not root.
USER 1000:1000
WORKDIR /work
# Node takes no signals as the first process: tini hands them on, so that Ctrl-C works.
ENTRYPOINT ["/sbin/tini", "--", "flux-lint"]
