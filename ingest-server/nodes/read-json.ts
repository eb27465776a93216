// JSON of another process: text that is none is `undefined`, which no schema takes.
export function readJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '')
  } catch {
    return undefined
  }
}
