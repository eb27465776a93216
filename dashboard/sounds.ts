// Draws the wall's sounds into dashboard/public/sounds: `npm run sounds:draw`. What is committed is what this writes, byte for byte.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { clipNames, clips, seed } from './screens/wall/sounds/clips.ts'
import { wavOf } from './screens/wall/sounds/wav.ts'

const folder = join(import.meta.dirname, 'public/sounds')
mkdirSync(folder, { recursive: true })
for (const name of clipNames) {
  const bytes = wavOf(clips[name], seed)
  writeFileSync(join(folder, `${name}.wav`), bytes)
  console.log(`${name}.wav\t${bytes.length}`)
}
