// This phone's promises as sentences.
import { useBoard } from '../../stores/board.ts'
import { useDevice } from '../../stores/device.ts'
import { useOutbox } from '../../stores/outbox.ts'
import { sayFieldMore } from '../../words/field-more.ts'
import { spanInWords } from '../../words/times.ts'
import { promisesOf } from './promises.ts'

const megabyte = 1024 * 1024

export function promisesNow(): string[] {
  const { isSecure, hasWorker, room, hasTabs, host } = useDevice()
  const { line } = useBoard()
  // A demo's clock runs as it likes.
  const offsetMs = line.pace === 1 && !useBoard().demo ? line.offsetMs : 0
  const facts = { isSecure, hasWorker, room, hasTabs, offsetMs, isLasting: useOutbox().look.lasting }
  const filled = {
    left: sayFieldMore('megabytes', { n: Math.floor((room?.left ?? 0) / megabyte) }),
    fast: sayFieldMore(offsetMs < 0 ? 'promise.fast' : 'promise.slow'),
    span: spanInWords(offsetMs),
  }
  const said = promisesOf(facts).map((one) => sayFieldMore(`promise.${one}`, filled))
  if (!host || host.name === 'browser') return said
  return [...said, sayFieldMore('promise.host', { app: sayFieldMore(`app.${host.name}`) })]
}
