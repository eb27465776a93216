# Built once, then only the bundle, the screens, the map, the rules and the few packages that are no part of the bundle.
FROM node:20-bookworm AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY . .
RUN npm run build
# The build says what must be installed beside it: a tenth of what it was built with.
RUN cp dist/server/package.json package.json && npm prune --omit=dev --no-audit --no-fund \
  && rm -rf dist/bench-peers && find dist/screens -name '*.map' -delete

FROM node:20-bookworm-slim
WORKDIR /app
ENV NODE_ENV=production HOST=0.0.0.0 SANPING_DATA=/data
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY --from=build /app/map-data ./map-data
COPY --from=build /app/ingest-server/scenarios ./ingest-server/scenarios
COPY --from=build /app/ingest-server/doors/vendors/samples ./ingest-server/doors/vendors/samples
COPY --from=build /app/ingest-server/doors/vendors/boxes ./ingest-server/doors/vendors/boxes
COPY --from=build /app/ingest-server/doors/vendors/tables ./ingest-server/doors/vendors/tables
RUN mkdir /data && chown node /data
USER node
VOLUME /data
# The screens and HTTP; MQTT and SIP where SANPING_MQTT and SANPING_SIP ask for them.
EXPOSE 8787 1883 5060/udp 5060/tcp
HEALTHCHECK --interval=10s --timeout=3s CMD ["node", "-e", "fetch('http://127.0.0.1:8787/readyz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--enable-source-maps", "dist/server/main.js"]
