// The map's worker. A bare import is shaken out of the bundle and the map then hangs without a word: so what is imported is used.
import { fillOldBrowsers } from './old-browsers.ts'
import MapWorker from 'maplibre-gl/dist/maplibre-gl-worker.mjs'

const worker: { filled: boolean; MapWorker: unknown } = { filled: fillOldBrowsers(), MapWorker }
Object.assign(self, { sanpingMapWorker: worker })
