// A CloudEvent whose attributes came as HTTP headers, put into its structured form.
import { isUtf8 } from 'node:buffer'
import { mediaType } from './reading.ts'

type Headers = Readonly<Record<string, string | readonly string[] | undefined>>

/** Null where no header says that it is one. The body is `data` where it is JSON or text, else `data_base64`. */
export function structuredFrom(headers: Headers, contentType: string, body: Buffer): Record<string, unknown> | null {
  if (headers['ce-specversion'] === undefined && headers['ce-id'] === undefined) return null
  const attributes = Object.entries(headers).flatMap(([name, value]) =>
    name.startsWith('ce-') && typeof value === 'string' ? [[name.slice(3), headerValue(value)]] : [],
  )
  const type = contentType === '' ? {} : { datacontenttype: contentType }
  return { ...(Object.fromEntries(attributes) as Record<string, string>), ...type, ...dataFrom(body, contentType) }
}

function dataFrom(body: Buffer, contentType: string): Record<string, unknown> {
  if (body.length === 0) return {}
  const isJson = contentType === '' || /[/+]json$/.test(mediaType(contentType))
  if (isJson && isUtf8(body)) {
    try {
      return { data: JSON.parse(body.toString('utf8')) as unknown }
    } catch {
      return { data_base64: body.toString('base64') }
    }
  }
  return { data_base64: body.toString('base64') }
}

/** Quotes taken off and escapes put back, then percent-decoded: section 3.1.3.2 of the HTTP binding. What decodes to no UTF-8 stays as it came. */
function headerValue(value: string): string {
  const quoted = /^"(.*)"$/s.exec(value)?.[1]
  const bare = quoted === undefined ? value : quoted.replace(/\\(.)/g, '$1')
  try {
    return bare.replace(/(?:%[\da-f]{2})+/gi, (escaped) => decodeURIComponent(escaped))
  } catch {
    return bare
  }
}
