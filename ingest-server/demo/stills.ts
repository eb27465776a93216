// Drawn camera stills: grey scenes in which the trouble can be seen and nobody can. Every picture says that it is drawn.
import sharp from 'sharp'
import type { Chance } from './chance.ts'

export type Scene =
  | 'shed-smoke'
  | 'shed-clear'
  | 'tower-throw'
  | 'rubbish'
  | 'rubbish-cleared'
  | 'stall'
  | 'leak'
  | 'leak-fixed'
  | 'clutter'
  | 'clutter-cleared'
  | 'bikes'
  | 'bikes-cleared'
  | 'street'

const [width, height] = [1280, 720]

const windows = (left: number, top: number, columns: number, rows: number, chance: Chance): string =>
  Array.from({ length: columns * rows }, (_, i) => {
    const shade = 96 + Math.floor(chance.next() * 40)
    const [x, y] = [left + (i % columns) * 108, top + Math.floor(i / columns) * 96]
    return `<rect x="${x}" y="${y}" width="58" height="54" fill="rgb(${shade},${shade + 1},${shade + 2})"/>`
  }).join('')

const house = (chance: Chance): string =>
  `<rect width="1280" height="400" fill="#a3a5a6"/>${windows(70, 24, 12, 3, chance)}`
const pavement =
  '<rect y="400" width="1280" height="320" fill="#7d7f80"/><path d="M0 470L1280 430M0 580L1280 530M0 690L1280 640" stroke="#6f7172" stroke-width="2"/>'

const bicycle = (x: number, y: number): string =>
  `<g fill="none" stroke="#3b3d3f" stroke-width="5"><circle cx="${x}" cy="${y}" r="26"/><circle cx="${x + 66}" cy="${y}" r="26"/><path d="M${x} ${y}l24 -40h30l12 40M${x + 24} ${y - 40}l14 40l16 -40M${x + 50} ${y - 52}h16"/></g>`

const shed = (smoke: boolean): string => {
  const bikes = Array.from({ length: 8 }, (_, i) => bicycle(170 + i * 118, 575)).join('')
  const posts = [120, 420, 720, 1020]
    .map((x) => `<rect x="${x}" y="420" width="12" height="190" fill="#55585a"/>`)
    .join('')
  const puff =
    '<g filter="url(#soft)" fill="#e2e3e3"><ellipse cx="720" cy="400" rx="90" ry="120" opacity=".8"/><ellipse cx="790" cy="240" rx="140" ry="130" opacity=".6"/><ellipse cx="900" cy="110" rx="220" ry="120" opacity=".45"/><ellipse cx="706" cy="520" rx="60" ry="60" opacity=".9"/></g>'
  return `${bikes}${posts}<path d="M70 430L1130 380L1160 410L96 466Z" fill="#c9cbcb"/><path d="M96 466L1160 410L1160 424L98 480Z" fill="#8d9091"/>${smoke ? puff : ''}`
}

const bin = (x: number, shade: string): string =>
  `<path d="M${x} 420h150l-12 210h-126z" fill="${shade}"/><rect x="${x - 6}" y="398" width="162" height="30" rx="4" fill="${shade}" stroke="#4b4d4f" stroke-width="3"/><rect x="${x + 48}" y="470" width="54" height="46" fill="#c7c8c8"/>`
const bins = bin(90, '#5e6264') + bin(330, '#746f6a') + bin(570, '#6b7378') + bin(810, '#77696b')
const bags =
  '<g fill="#37393b"><path d="M560 690q-40 -90 20 -120l14 -20l16 20q64 26 26 120z"/><path d="M690 696q-50 -110 26 -150l12 -24l18 24q84 40 34 150z" fill="#2e3032"/><path d="M460 696q-24 -60 12 -80l8 -14l12 14q40 20 18 80z" fill="#5a5d60"/></g><path d="M850 600h130v94h-130z" fill="#b3a999"/>'

const tower = (chance: Chance): string =>
  `<rect width="1280" height="720" fill="#b9bcbe"/><rect x="330" width="620" height="720" fill="#9b9d9e"/>${windows(372, 20, 5, 7, chance)}<g stroke="#3a3c3e" stroke-width="3" stroke-dasharray="4 14" fill="none"><path d="M1000 120q60 200 66 470"/></g><rect x="1040" y="560" width="46" height="34" fill="#404244" transform="rotate(24 1060 580)"/>`

const stall =
  '<rect x="300" y="260" width="560" height="60" fill="#c5c6c6"/><rect x="320" y="320" width="10" height="240" fill="#55585a"/><rect x="830" y="320" width="10" height="240" fill="#55585a"/><rect x="330" y="470" width="500" height="110" fill="#6b6e70"/>' +
  Array.from(
    { length: 18 },
    (_, i) => `<circle cx="${360 + (i % 9) * 54}" cy="${450 - Math.floor(i / 9) * 30}" r="22" fill="#8d8f90"/>`,
  ).join('')

const leak = (running: boolean): string =>
  `<rect x="560" y="300" width="70" height="210" rx="12" fill="#6e7274"/><rect x="535" y="330" width="120" height="26" rx="8" fill="#5a5e60"/>${running ? '<g filter="url(#soft)"><ellipse cx="640" cy="620" rx="380" ry="70" fill="#c4cbd0"/><path d="M640 360q120 40 130 250" stroke="#dfe4e7" stroke-width="34" fill="none"/></g>' : '<ellipse cx="640" cy="630" rx="200" ry="34" fill="#6d6f71"/>'}`

const stairs = (chance: Chance): string => {
  const steps = Array.from(
    { length: 9 },
    (_, i) =>
      `<path d="M${640 + i * 60} ${700 - i * 62}h400v62h-400z" fill="rgb(${118 + i * 7},${120 + i * 7},${121 + i * 7})"/>`,
  )
  return `<rect width="1280" height="720" fill="#b4b6b7"/><rect y="560" width="1280" height="160" fill="#86898a"/><rect x="90" y="150" width="210" height="410" fill="#77797b"/><circle cx="275" cy="360" r="9" fill="#4b4d4f"/>${windows(380, 60, 2, 1, chance)}${steps.join('')}<path d="M640 520L1240 -90" stroke="#55585a" stroke-width="10"/>`
}
const clutter =
  '<path d="M360 590h190v90h-190z" fill="#a89c88"/><path d="M380 500h150v90h-150z" fill="#b5aa98"/><rect x="560" y="540" width="120" height="140" rx="8" fill="#5b5e61"/><path d="M600 540v-90h14v90" fill="#4b4d4f"/><path d="M330 680q-60 -90 -10 -140q60 40 40 140z" fill="#3d4042"/>'

const parked = (across: boolean): string => {
  const spots = across
    ? [
        [120, 560],
        [250, 600],
        [370, 545],
        [520, 620],
        [660, 570],
        [800, 625],
        [930, 560],
        [1060, 610],
      ]
    : Array.from({ length: 8 }, (_, i) => [110 + i * 130, 470])
  return `<path d="M0 600h1280v46H0z" fill="#b9a86a" opacity=".7"/>${spots.map(([x, y]) => bicycle(x!, y!)).join('')}`
}

const scenes: Record<Scene, (chance: Chance) => string> = {
  'shed-smoke': (chance) => house(chance) + pavement + shed(true),
  'shed-clear': (chance) => house(chance) + pavement + shed(false),
  'tower-throw': tower,
  rubbish: (chance) => house(chance) + pavement + bins + bags,
  'rubbish-cleared': (chance) => house(chance) + pavement + bins,
  stall: (chance) => house(chance) + pavement + stall,
  leak: (chance) => house(chance) + pavement + leak(true),
  'leak-fixed': (chance) => house(chance) + pavement + leak(false),
  clutter: (chance) => stairs(chance) + clutter,
  'clutter-cleared': stairs,
  bikes: (chance) => house(chance) + pavement + parked(true),
  'bikes-cleared': (chance) => house(chance) + pavement + parked(false),
  street: (chance) => house(chance) + pavement,
}

/** Where the trouble stands in the scene, as fractions: what a detector would box. */
export const boxes: Partial<Record<Scene, [number, number, number, number]>> = {
  'shed-smoke': [0.46, 0.24, 0.27, 0.56],
  'tower-throw': [0.79, 0.72, 0.1, 0.16],
  rubbish: [0.33, 0.7, 0.46, 0.28],
  stall: [0.22, 0.34, 0.47, 0.5],
}

/** A 1280×720 JPEG. The same scene and chance give the same bytes. */
export async function drawStill(scene: Scene, caption: string, chance: Chance): Promise<Buffer> {
  const grain = Array.from(
    { length: 60 },
    () =>
      `<rect x="${chance.whole(0, width)}" y="${chance.whole(0, height)}" width="2" height="2" fill="#fff" opacity=".12"/>`,
  ).join('')
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"><defs><filter id="soft"><feGaussianBlur stdDeviation="26"/></filter></defs>${scenes[scene](chance)}${grain}<text x="640" y="100" text-anchor="middle" font-size="38" font-family="Noto Sans CJK SC, sans-serif" fill="#f2f2f2" stroke="#333" stroke-width="3" paint-order="stroke">演示画面 ${caption}</text></svg>`
  return sharp(Buffer.from(svg)).jpeg({ quality: 82 }).toBuffer()
}
