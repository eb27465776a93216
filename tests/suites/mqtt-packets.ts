// MQTT 3.1.1 packets by hand: what no honest client would send can be made out of these.

const number = (value: number) => Buffer.from([value >> 8, value & 0xff])
const text = (words: string | Buffer) => Buffer.concat([number(Buffer.byteLength(words)), Buffer.from(words)])

function lengthOf(value: number): number[] {
  const rest = Math.floor(value / 128)
  return rest > 0 ? [(value % 128) | 0x80, ...lengthOf(rest)] : [value]
}

const packet = (first: number, ...parts: Buffer[]): Buffer => {
  const body = Buffer.concat(parts)
  return Buffer.concat([Buffer.from([first, ...lengthOf(body.length)]), body])
}

const user = { name: 0x80, password: 0x40, willRetain: 0x20, willOnce: 0x08, will: 0x04, clean: 0x02 }

export const hello = packet(0x10, text('MQTT'), Buffer.from([4, user.clean, 0, 0]), text('c'))

/** Keeps its session and leaves a last will, retained. Another of the same client id takes its place. */
export const signsIn = (
  name: string,
  password: string,
  will: { topic: string; body: string },
  clientId = 'mad',
): Buffer =>
  packet(
    0x10,
    text('MQTT'),
    Buffer.from([4, user.name | user.password | user.will | user.willOnce | user.willRetain, 0, 0]),
    ...[clientId, will.topic, will.body, name, password].map(text),
  )

export const publish = (topic: string, body: Buffer, qos: 0 | 1 | 2 = 0, messageId = 1): Buffer =>
  packet(0x30 | (qos << 1) | (qos > 0 ? 1 : 0), text(topic), ...(qos > 0 ? [number(messageId)] : []), body)

export const pubrel = (messageId: number): Buffer => packet(0x62, number(messageId))
export const subscribe = (topic: string): Buffer => packet(0x82, number(1), text(topic), Buffer.from([2]))
export const unsubscribe = (topic: string): Buffer => packet(0xa2, number(1), text(topic))
export const ping = packet(0xc0)
export const goodbye = packet(0xe0)
