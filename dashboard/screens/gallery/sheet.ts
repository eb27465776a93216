// Which sheet of the gallery is shown, as its address says.
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
const languages: readonly Language[] = ['zh', 'en']

export const addressOf = (sheet: Sheet): string => `?${new URLSearchParams({ ...sheet })}`

/** What the address does not name is Chinese, by day, at the desk. */
export function sheetOf(search: string): Sheet {
  const asked = new URLSearchParams(search)
  const pick = <T extends string>(from: readonly T[], name: string) => from.find((one) => one === asked.get(name))
  return {
    language: pick(languages, 'language') ?? 'zh',
    skin: pick(skins, 'skin') ?? 'day',
    type: pick(scales, 'type') ?? 'desk',
  }
}
