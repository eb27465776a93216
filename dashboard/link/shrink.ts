// A photo made small enough to be kept and sent: at most 300 KB, upright, without the metadata of the phone.
const atMost = 300 * 1024
/** Tried in this order until one is small enough; the last is taken as it comes. */
const tries: readonly { side: number; quality: number }[] = [
  { side: 1600, quality: 0.8 },
  { side: 1600, quality: 0.65 },
  { side: 1280, quality: 0.6 },
  { side: 1024, quality: 0.5 },
  { side: 800, quality: 0.4 },
]

/** Draws the photo with its longer side at most `side` pixels. */
export type Draw = (side: number, quality: number) => Promise<Blob>

export async function shrink(draw: Draw): Promise<Blob> {
  let smallest: Blob | null = null
  for (const { side, quality } of tries) {
    smallest = await draw(side, quality)
    if (smallest.size <= atMost) return smallest
  }
  return smallest!
}

/** Rejects where the browser cannot read the file as a picture. The element turns it upright by itself. */
export async function drawer(file: Blob): Promise<Draw> {
  const url = URL.createObjectURL(file)
  const image = new Image()
  try {
    image.src = url
    await image.decode()
  } finally {
    URL.revokeObjectURL(url)
  }
  return (side, quality) => drawn(image, Math.min(1, side / Math.max(image.naturalWidth, image.naturalHeight)), quality)
}

function drawn(image: HTMLImageElement, scale: number, quality: number): Promise<Blob> {
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(image.naturalWidth * scale)
  canvas.height = Math.round(image.naturalHeight * scale)
  canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height)
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error('the canvas gave no picture'))),
      'image/jpeg',
      quality,
    )
  })
}
