// The colours of the map, read from the CSS tokens of the element it stands in. No colour is written down here.
const names = {
  ground: '--ground',
  land: '--map-land',
  blockA: '--map-block-a',
  blockB: '--map-block-b',
  blockC: '--map-block-c',
  water: '--map-water',
  road: '--map-road',
  viaduct: '--map-viaduct',
  building: '--map-building',
  buildingHigh: '--map-building-high',
  green: '--map-green',
  label: '--map-label',
  border: '--map-border',
  surface: '--surface-1',
  line: '--line',
  ink1: '--ink-1',
  ink2: '--ink-2',
  ink3: '--ink-3',
  level1: '--level-1',
  level2: '--level-2',
  level3: '--level-3',
  level4: '--level-4',
  onLevel: '--on-level',
  over: '--lamp-over',
} as const

export type MapSkin = Record<keyof typeof names, string> & { fonts: string[]; rem: number }

/** Which element the tokens are read from decides the skin: `[data-skin]` on it or above it. */
export function readSkin(element: Element): MapSkin {
  const style = getComputedStyle(element)
  const colours = Object.fromEntries(
    Object.entries(names).map(([name, token]) => [name, style.getPropertyValue(token).trim() || 'transparent']),
  ) as Record<keyof typeof names, string>
  const fonts = style
    .getPropertyValue('--font')
    .split(',')
    .map((family) => family.trim().replace(/^["']|["']$/g, ''))
    .filter((family) => family !== '')
  return { ...colours, fonts, rem: parseFloat(getComputedStyle(document.documentElement).fontSize) || 16 }
}

/** MapLibre takes the weight from the name of the first family; the true ones follow. */
export const regular = (skin: MapSkin): string[] => ['regular', ...skin.fonts]
export const bold = (skin: MapSkin): string[] => ['bold', ...skin.fonts]

/** A zoom of the wall's picture at 3840, as it is where everything is drawn smaller: there the same ground has fewer pixels. */
export const zoomFor = (skin: Pick<MapSkin, 'rem'>, at4k: number): number => at4k + Math.log2(skin.rem / 36)

/** Pixels of the picture at 3840 wide, where one rem is 36. */
export const px = (skin: Pick<MapSkin, 'rem'>, at4k: number): number => (at4k / 36) * skin.rem
