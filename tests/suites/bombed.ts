// A process of its own that unpacks one bomb after the other, and says what it took: one line of JSON.
import { remake } from '../../ingest-server/records/evidence-picture.ts'
import { bombs } from './hostile-pictures.ts'
import { phonePhoto } from './pictures.ts'

const peak = () => process.resourceUsage().maxRSS / 1024

// Making one takes more than unpacking it may: they come from the parent.
const made = (await new Promise<Buffer[]>((read) => process.once('message', (told) => read(told as Buffer[])))).map(
  (one) => Buffer.from(one),
)
const usual = await phonePhoto(4000, 3000)
for (let nth = 0; nth < 3; nth++) await remake(usual)
const before = peak()
const kept: string[] = []
const names = Object.keys(bombs)
for (const [at, bytes] of made.entries()) if (await remake(bytes)) kept.push(names[at]!)
process.send!({ grewBy: peak() - before, before, kept })
process.disconnect()
