// Which sheet of the gallery is shown, as its address says after the #: one part alone or all of them, in which skin, language and measure.
import type { Language } from '#contract/language'

/** `past` is what was, in black and white, over the duty skin. */
export const skins = ['duty', 'visitor', 'day', 'night', 'past'] as const
export const scales = ['wall', 'desk', 'field'] as const
export type Skin = (typeof skins)[number]
export type Scale = (typeof scales)[number]
const languages: readonly Language[] = ['zh', 'en']

export interface Sheet {
  /** By its name; null: all that live on this scale. */
  part: string | null
  language: Language
  skin: Skin
  scale: Scale
  isLarge: boolean
}

/** What each scale wears on a usual day. */
const worn: Record<Scale, Skin> = { wall: 'duty', desk: 'day', field: 'day' }

export function addressOf({ part, language, skin, scale, isLarge }: Sheet): string {
  const named = { ...(part !== null && { part }), skin, lang: language, scale, ...(isLarge && { large: '1' }) }
  return `#${new URLSearchParams(named)}`
}

/** What the address does not name is all parts, in Chinese, at the desk, in that scale's usual skin. */
export function sheetOf(hash: string): Sheet {
  const asked = new URLSearchParams(hash.replace(/^#/, ''))
  const pick = <T extends string>(from: readonly T[], name: string) => from.find((one) => one === asked.get(name))
  const scale = pick(scales, 'scale') ?? 'desk'
  return {
    ...{ part: asked.get('part'), scale, language: pick(languages, 'lang') ?? 'zh' },
    skin: pick(skins, 'skin') ?? worn[scale],
    isLarge: asked.get('large') === '1',
  }
}
