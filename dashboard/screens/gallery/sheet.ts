// Which sheet of the gallery a frame shows, as its address says.
import type { Language } from '#contract/language'

export type Skin = 'day' | 'duty'
export type Scale = 'desk' | 'wall' | 'field'
export interface Sheet {
  language: Language
  skin: Skin
  type: Scale
}

export const skins: readonly Skin[] = ['day', 'duty']
export const scales: readonly Scale[] = ['desk', 'wall', 'field']
export const languages: readonly Language[] = ['zh', 'en']

export const addressOf = (sheet: Sheet): string => `?${new URLSearchParams({ ...sheet })}`

/** Null where the address names no sheet: then the frames are shown. */
export function sheetOf(search: string): Sheet | null {
  const asked = new URLSearchParams(search)
  const pick = <T extends string>(from: readonly T[], name: string) => from.find((one) => one === asked.get(name))
  const [language, skin, type] = [pick(languages, 'language'), pick(skins, 'skin'), pick(scales, 'type')]
  return language && skin && type ? { language, skin, type } : null
}
