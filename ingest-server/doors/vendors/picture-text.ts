// A picture inside JSON: base64, bare or as a data URL. What it really is, its keeper finds out from the bytes.

/** None where nothing stands there. What is no base64 gives bytes that are no picture, and is refused as such. */
export function picturesIn(text: string | null | undefined): Buffer[] {
  const bare = text?.replace(/^data:[^,]{0,200},/, '').trim()
  return bare ? [Buffer.from(bare, 'base64')] : []
}
