// MapLibre ships its worker without types; all we need of it is that it is there.
declare module 'maplibre-gl/dist/maplibre-gl-worker.mjs' {
  const MapWorker: unknown
  export default MapWorker
}
