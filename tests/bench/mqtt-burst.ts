// A sender of MQTT that is all burst: a window of QoS 1 messages always under way, every ack answered by the next message.
import { once } from 'node:events'
import { connect } from 'node:net'
import { goodbye, publish, signsIn } from '../suites/mqtt-packets.ts'

export interface Burst {
  /** Keeps `window` messages under way for so long; gives back how many were acknowledged. */
  run(milliseconds: number): Promise<number>
  close(): void
}

const ackBytes = 4

/** `next`: the body of one more message. */
export async function openBurst(options: {
  port: number
  name: string
  clientId: string
  key: string
  topic: string
  window: number
  next: () => string
}): Promise<Burst> {
  const { port, name, clientId, key, topic, window, next } = options
  const socket = connect(port, '127.0.0.1')
  socket.setNoDelay(true)
  socket.write(signsIn(name, key, { topic: 'never', body: 'spoken' }, clientId))
  const [greeting] = (await once(socket, 'data')) as [Buffer]
  if (greeting[3] !== 0) throw new Error(`not signed in: ${greeting.toString('hex')}`)
  let messageId = 0
  const send = (count: number): void => {
    const packets = Array.from({ length: count }, () => {
      messageId = (messageId % 65_535) + 1
      return publish(topic, Buffer.from(next()), 1, messageId)
    })
    socket.write(Buffer.concat(packets))
  }
  return {
    run: (milliseconds) =>
      new Promise((over, failed) => {
        socket.once('close', () => failed(new Error('the broker hung up')))
        const until = performance.now() + milliseconds
        let [acknowledged, rest, underWay] = [0, 0, window]
        const take = (chunk: Buffer) => {
          const acks = Math.floor((rest + chunk.length) / ackBytes)
          rest = (rest + chunk.length) % ackBytes
          acknowledged += acks
          const more = performance.now() < until ? acks : 0
          underWay += more - acks
          if (more > 0) send(more)
          if (underWay > 0) return
          socket.off('data', take)
          over(acknowledged)
        }
        socket.on('data', take)
        send(window)
      }),
    close: () => void socket.end(goodbye),
  }
}
