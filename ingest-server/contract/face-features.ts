// What devices say of faces and bodies as numbers to know somebody again by: never kept, not even with what was refused. No zod.

/** As makers spell it: Hikvision, Dahua, GA/T 1400 (VIID), ONVIF, Frigate; in any case, with or without a separator. */
const names = [
  ...['faceFeature', 'faceFeatures', 'faceFeatureData', 'faceFeatureList', 'featureData', 'featureValue'],
  ...['featureVector', 'featureInfo', 'featureObject', 'faceModel', 'modelData', 'faceModelData'],
  ...['humanModelData', 'faceTemplate', 'embedding', 'embeddings', 'faceEmbedding', 'bodyFeature'],
  ...['personFeature', 'humanFeature', 'faceToken'],
]
const spelled = names.map((name) => [...name].join('[_-]?')).join('|')
const named = new RegExp(`^(?:${names.join('|').toLowerCase()})$`)
/** Worth a closer look at all: most bodies are not. */
const hint = /feature|facetemplate|face[_-]template|embedding|model[_-]?data|face[_-]?model|face[_-]?token/i

const inJson = new RegExp(`"(?:${spelled})"\\s*:\\s*`, 'gi')
const inXml = new RegExp(`(<(?:[\\w.-]+:)?(${spelled})(?:\\s[^<>]*)?>)([\\s\\S]*?)(</(?:[\\w.-]+:)?\\2\\s*>)`, 'gi')

export const isFaceFeature = (name: string): boolean => named.test(name.replace(/[_-]/g, '').toLowerCase())

/** The same bytes but for what such a name stands before: JSON gets `null` there, XML nothing. The very same where there is none. */
export function withoutFaces(body: Uint8Array): Uint8Array {
  // One sign a byte, so that a picture between the parts of a form comes through as it was.
  const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('latin1')
  if (!hint.test(text)) return body
  const clean = blankJson(text.replace(inXml, '$1$4'))
  return clean === text ? body : Buffer.from(clean, 'latin1')
}

function blankJson(text: string): string {
  let [clean, from] = ['', 0]
  for (const found of text.matchAll(inJson)) {
    const begins = found.index + found[0].length
    if (found.index < from) continue
    const ends = endOfValue(text, begins)
    clean += `${text.slice(from, begins)}null`
    from = ends
  }
  return clean + text.slice(from)
}

/** Behind the JSON value that begins here; behind all of it where it was cut off. */
function endOfValue(text: string, begins: number): number {
  let [depth, at, quoted] = [0, begins, false]
  for (; at < text.length; at++) {
    const sign = text[at]!
    if (quoted) {
      if (sign === '\\') at++
      else if (sign === '"') quoted = false
    } else if (sign === '"') quoted = true
    else if (sign === '{' || sign === '[') depth++
    else if (depth > 0 && (sign === '}' || sign === ']')) depth--
    else if (depth === 0 && (sign === ',' || sign === '}' || sign === ']')) return at
  }
  return text.length
}
