// `npm run map:draw [folder]`: draws the map anew out of map-data/facts, into map-data unless told otherwise.
import { fileURLToPath } from 'node:url'
import { drawMap } from './draw.ts'

const root = fileURLToPath(new URL('../../../map-data', import.meta.url))
drawMap(`${root}/facts/control-points.json`, process.argv[2] ?? root, (line) => process.stdout.write(`${line}\n`))
