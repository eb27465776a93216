// What a message of a broker has in place of a header: its topic, kept in the content type, so that a replay reads the same.

const quoted = /;\s*topic="([^"]*)"/

/** What would end the quotes, or the parameter itself. */
const unquotable = /[%"\\;\p{Cc}]/gu

/** `application/json` and `frigate/reviews` → `application/json; topic="frigate/reviews"`. */
export const withTopic = (type: string, topic: string): string =>
  `${type}; topic="${topic.replace(unquotable, encodeURIComponent)}"`

/** The topic as it was; undefined where it did not come by a broker. */
export function topicIn(contentType: string): string | undefined {
  const found = quoted.exec(contentType)?.[1]
  if (found === undefined) return undefined
  try {
    return decodeURIComponent(found)
  } catch {
    return found
  }
}

const jpeg = Buffer.from([0xff, 0xd8, 0xff])
const png = Buffer.from([0x89, 0x50, 0x4e, 0x47])

/** MQTT 3.1.1 does not say what a message is: seen by how it begins; empty where that tells nothing. */
export function typeOf(body: Buffer): string {
  if (body.subarray(0, 3).equals(jpeg)) return 'image/jpeg'
  if (body.subarray(0, 4).equals(png)) return 'image/png'
  const begins = body
    .subarray(0, 64)
    .toString('latin1')
    .replace(/^\u00ef\u00bb\u00bf/, '')
    .trimStart()
  if (begins.startsWith('{') || begins.startsWith('[')) return 'application/json'
  return begins.startsWith('<') ? 'application/xml' : ''
}
