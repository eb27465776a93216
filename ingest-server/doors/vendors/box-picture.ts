// A picture inside JSON: base64, bare or as a data URL. What it really is, its keeper finds out from the bytes.

/** Bytes of whatever stands there: what is no base64 gives bytes that are no picture, and is refused as such. */
export function pictureOf(text: string): Buffer {
  const comma = /^data:[^,]{0,200},/.exec(text)?.[0]
  return Buffer.from(comma ? text.slice(comma.length) : text, 'base64')
}
