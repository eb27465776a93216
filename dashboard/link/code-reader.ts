// Reads the code in a picture: by the browser's own detector, else by a decoder that is fetched only then.
/** Null where there is none to be read. */
export type ReadCode = (picture: HTMLVideoElement | HTMLImageElement) => Promise<string | null>

interface Detector {
  detect(picture: CanvasImageSource): Promise<{ rawValue: string }[]>
}
interface DetectorMaker {
  new (options: { formats: string[] }): Detector
  getSupportedFormats(): Promise<string[]>
}

/** Large enough for a plate at arm's length, small enough for an old phone to look at four times a second. */
const side = 720

const decoder = () => import('qr/decode.js')

/** So that it is there without signal; nothing to fetch where the browser reads codes by itself. */
export async function fetchDecoder(): Promise<void> {
  if (!(await ownDetector())) await decoder()
}

export async function openCodeReader(): Promise<ReadCode> {
  const detector = await ownDetector()
  if (detector) return async (picture) => (await detector.detect(picture))[0]?.rawValue ?? null
  const { decodeQR } = await decoder()
  const canvas = document.createElement('canvas')
  const pen = canvas.getContext('2d', { willReadFrequently: true })!
  return (picture) => {
    const [width, height] =
      picture instanceof HTMLVideoElement
        ? [picture.videoWidth, picture.videoHeight]
        : [picture.naturalWidth, picture.naturalHeight]
    const scale = Math.min(1, side / Math.max(width, height, 1))
    canvas.width = Math.max(1, Math.round(width * scale))
    canvas.height = Math.max(1, Math.round(height * scale))
    pen.drawImage(picture, 0, 0, canvas.width, canvas.height)
    try {
      return Promise.resolve(decodeQR(pen.getImageData(0, 0, canvas.width, canvas.height)))
    } catch {
      // It says so by throwing where there is no code.
      return Promise.resolve(null)
    }
  }
}

/** Some have the detector and no formats at all. */
async function ownDetector(): Promise<Detector | null> {
  const maker = (globalThis as { BarcodeDetector?: DetectorMaker }).BarcodeDetector
  try {
    if (!maker || !(await maker.getSupportedFormats()).includes('qr_code')) return null
    return new maker({ formats: ['qr_code'] })
  } catch {
    return null
  }
}
