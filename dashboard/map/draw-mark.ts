// The marks of the map, drawn on a canvas when the map first asks for one by its name. Level is told by shape as well as by colour.
import type { Level } from '#contract/stage'
import { px, type MapSkin } from './skin.ts'

/** Across, at 3840 wide. */
export const markSize: Record<Level, number> = { 1: 68, 2: 52, 3: 30, 4: 28 }
const casing = 5

export interface CaseLook {
  level: Level
  isOver: boolean
  isUnsure: boolean
  isStemmed: boolean
  /** It is not what the view is about. */
  isGrey: boolean
}

/** `case-2-over`: all that decides how a mark is drawn is in its name. */
export const caseImage = (look: CaseLook): string =>
  [
    'case',
    look.level,
    look.isOver && 'over',
    look.isUnsure && 'unsure',
    look.isStemmed && 'stem',
    look.isGrey && 'grey',
  ]
    .filter((part) => part !== false)
    .join('-')

/** Its number stands on it: room for two, three or four figures. */
export const crowdImage = (look: Omit<CaseLook, 'isStemmed'> & { count: number }): string =>
  [
    'crowd',
    look.level,
    String(look.count).length,
    look.isOver && 'over',
    look.isUnsure && 'unsure',
    look.isGrey && 'grey',
  ]
    .filter((part) => part !== false)
    .join('-')

/** The outline of a level's shape about 0,0; `across` is its width. */
function levelPath(level: Level, across: number): Path2D {
  const half = across / 2
  const path = new Path2D()
  if (level === 4) path.arc(0, 0, half, 0, Math.PI * 2)
  else if (level === 3) path.rect(-half, -half, across, across)
  else if (level === 2) polygon(path, [0, -half], [half, 0], [0, half], [-half, 0])
  else polygon(path, [0, -half * 0.94], [half, half * 0.78], [-half, half * 0.78])
  path.closePath()
  return path
}

function polygon(path: Path2D, ...corners: [number, number][]): void {
  corners.forEach(([x, y], i) => (i === 0 ? path.moveTo(x, y) : path.lineTo(x, y)))
}

type Draw = (pen: CanvasRenderingContext2D, skin: MapSkin, rest: string[]) => void
/** First word of the name → how wide and high it is at 3840, and how it is drawn about the middle. */
const kinds: Record<string, { size: [number, number]; draw: Draw }> = {
  case: { size: [92, 156], draw: drawCase },
  crowd: { size: [128, 140], draw: drawCrowd },
  hatch: { size: [24, 24], draw: drawHatch },
  person: { size: [60, 60], draw: drawPerson },
  silent: { size: [34, 34], draw: drawSilent },
  station: { size: [28, 28], draw: drawStation },
  hydrant: { size: [28, 28], draw: drawHydrant },
  'fire-station': { size: [40, 40], draw: drawFireStation },
}

/** Null for a name that is not one of ours. */
export function drawMark(name: string, skin: MapSkin, ratio: number): ImageData | null {
  const kind = Object.keys(kinds).find((word) => name === word || name.startsWith(`${word}-`))
  const found = kind === undefined ? undefined : kinds[kind]
  if (kind === undefined || !found) return null
  const scale = px(skin, 1) * ratio
  const canvas = document.createElement('canvas')
  canvas.width = Math.ceil(found.size[0] * scale)
  canvas.height = Math.ceil(found.size[1] * scale)
  const pen = canvas.getContext('2d')
  if (!pen) return null
  pen.translate(canvas.width / 2, canvas.height / 2)
  pen.scale(scale, scale)
  found.draw(pen, skin, name.slice(kind.length + 1).split('-'))
  return pen.getImageData(0, 0, canvas.width, canvas.height)
}

const levelOf = (word: string | undefined): Level =>
  ['1', '2', '3', '4'].includes(word ?? '') ? (Number(word) as Level) : 4
const colourOf = (skin: MapSkin, level: Level): string => skin[`level${level}`]

function drawCase(pen: CanvasRenderingContext2D, skin: MapSkin, [word, ...flags]: string[]): void {
  const level = levelOf(word)
  const isGrey = flags.includes('grey')
  const across = markSize[level] * (isGrey ? 0.7 : 1)
  if (flags.includes('stem')) drawStem(pen, skin)
  const path = levelPath(level, across)
  pen.lineJoin = 'miter'
  pen.strokeStyle = skin.ground
  pen.lineWidth = casing * 2
  pen.stroke(path)
  if (flags.includes('unsure')) {
    pen.fillStyle = skin.ground
    pen.fill(path)
    pen.setLineDash([6, 5])
    pen.lineWidth = 3
    pen.strokeStyle = skin.ink2
    pen.stroke(path)
    pen.setLineDash([])
  } else {
    pen.fillStyle = isGrey ? skin.ink3 : colourOf(skin, level)
    pen.fill(path)
  }
  if (flags.includes('over') && !isGrey) drawBar(pen, skin, across)
}

/** Hollow, so that a number never looks like a case: the colour is in the edge alone. */
function drawCrowd(pen: CanvasRenderingContext2D, skin: MapSkin, [word, figures, ...flags]: string[]): void {
  const level = levelOf(word)
  const across = 34 + 17 * Math.max(1, Number(figures) || 1)
  const path = levelPath(level, across)
  pen.lineJoin = 'miter'
  pen.strokeStyle = skin.ground
  pen.lineWidth = 4 + casing * 2
  pen.stroke(path)
  pen.fillStyle = skin.ground
  pen.fill(path)
  const isPlain = flags.includes('grey') || flags.includes('unsure')
  if (flags.includes('unsure')) pen.setLineDash([6, 5])
  pen.lineWidth = 4
  pen.strokeStyle = isPlain ? skin.ink3 : colourOf(skin, level)
  pen.stroke(path)
  pen.setLineDash([])
  if (flags.includes('over') && !flags.includes('grey')) drawBar(pen, skin, across)
}

/** Lines from lower left to upper right, the closer the more: 1 to 3. They meet at the tile's edges. */
function drawHatch(pen: CanvasRenderingContext2D, skin: MapSkin, [step]: string[]): void {
  const spaces: Record<string, number> = { 1: 24, 2: 12, 3: 8 }
  const space = spaces[step ?? ''] ?? 24
  pen.strokeStyle = skin.ink2
  pen.lineWidth = 2
  pen.beginPath()
  for (let at = -48; at <= 48; at += space) {
    pen.moveTo(at - 24, 24)
    pen.lineTo(at + 24, -24)
  }
  pen.stroke()
}

/** The red bar under a mark that is past its limit. */
function drawBar(pen: CanvasRenderingContext2D, skin: MapSkin, across: number): void {
  const top = across / 2 + casing + 2
  pen.fillStyle = skin.ground
  pen.fillRect(-21, top - 3, 42, 12)
  pen.fillStyle = skin.over
  pen.fillRect(-18, top, 36, 6)
}

/** In the takeover the mark stands aside on a stem, so that what burns is not hidden by its own sign. */
function drawStem(pen: CanvasRenderingContext2D, skin: MapSkin): void {
  pen.translate(0, -42)
  pen.fillStyle = skin.level1
  pen.fillRect(-2, 20, 4, 64)
  pen.fillRect(-16, 78, 32, 32)
}

function drawPerson(pen: CanvasRenderingContext2D, skin: MapSkin, [surname]: string[]): void {
  const ring = new Path2D()
  ring.arc(0, 0, 23, 0, Math.PI * 2)
  pen.strokeStyle = skin.ground
  pen.lineWidth = 12
  pen.stroke(ring)
  pen.fillStyle = skin.ground
  pen.fill(ring)
  pen.strokeStyle = skin.ink1
  pen.lineWidth = 3
  pen.stroke(ring)
  pen.fillStyle = skin.ink1
  pen.font = `400 30px ${skin.fonts.map((family) => (family.includes(' ') ? `"${family}"` : family)).join(',')}`
  pen.textAlign = 'center'
  pen.textBaseline = 'alphabetic'
  pen.fillText(surname ?? '', 0, 11)
}

function drawSilent(pen: CanvasRenderingContext2D, skin: MapSkin): void {
  for (const [colour, width] of [
    [skin.ground, 9],
    [skin.ink1, 3],
  ] as const) {
    pen.strokeStyle = colour
    pen.lineWidth = width
    pen.beginPath()
    pen.arc(0, 0, 9, 0, Math.PI * 2)
    pen.moveTo(-10, 10)
    pen.lineTo(10, -10)
    pen.stroke()
  }
}

function drawStation(pen: CanvasRenderingContext2D, skin: MapSkin): void {
  pen.beginPath()
  pen.arc(0, 0, 8, 0, Math.PI * 2)
  pen.fillStyle = skin.ground
  pen.fill()
  pen.strokeStyle = skin.label
  pen.lineWidth = 4
  pen.stroke()
}

function drawHydrant(pen: CanvasRenderingContext2D, skin: MapSkin): void {
  pen.fillStyle = skin.ground
  pen.fillRect(-13, -13, 26, 26)
  pen.strokeStyle = skin.ink1
  pen.lineWidth = 4
  pen.strokeRect(-8, -8, 16, 16)
}

function drawFireStation(pen: CanvasRenderingContext2D, skin: MapSkin): void {
  pen.fillStyle = skin.ground
  pen.fillRect(-19, -19, 38, 38)
  pen.fillStyle = skin.ink1
  pen.fillRect(-15, -15, 30, 30)
}
