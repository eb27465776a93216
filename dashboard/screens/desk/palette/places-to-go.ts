// Where one may go at this desk, and what the desk itself may be set to, as lines of the palette.
import { sayDesk } from '../../../words/desk.ts'
import { sayPalette } from '../../../words/desk-palette.ts'
import { sayNav } from '../../../words/desk-nav.ts'
import { sayLine } from '../../../words/line.ts'
import { deskTabs } from '../lists.ts'
import type { DeskTab } from '../lists.ts'
import type { DeskPage } from '../pages/pages.ts'
import type { PaletteEntry, Setting } from './entries.ts'

/** `counts`: of the lists; null where there are none. */
export function pageEntries(pages: readonly DeskPage[], counts: Record<DeskTab, number> | null): PaletteEntry[] {
  const tabs = (counts ? deskTabs : []).map((tab): PaletteEntry => {
    const words = sayDesk(`tab.${tab}`)
    return going(`tab ${tab}`, words, String(counts?.[tab]), '', { to: 'tab', tab })
  })
  const others = pages.map((page): PaletteEntry => {
    const also = sayPalette(`also.${page}`)
    return going(`page ${page}`, sayNav(`page.${page}`), sayNav(`about.${page}`), also, { to: 'page', page })
  })
  return [...tabs, ...others]
}

function going(key: string, title: string, about: string, also: string, target: PaletteEntry['target']): PaletteEntry {
  return {
    ...{ key, group: 'page', title, about, target, lift: 3 },
    heard: [
      { text: title, worth: 1, sounds: true },
      // 「去 排班」: the verb is one of its words.
      { text: sayPalette('go', { where: title }), worth: 0.9, sounds: true },
      { text: also, worth: 0.9, sounds: true },
      { text: about, worth: 0.5, sounds: true },
    ],
  }
}

export interface DeskNow {
  isLeftHanded: boolean
  isLarge: boolean
  /** New cases wait outside the list; null where there is none. */
  waits: number | null
}

export function settingEntries(now: DeskNow): PaletteEntry[] {
  const on = (is: boolean, about: 'setting.hand.about' | 'setting.type.about') => sayPalette(is ? 'setting.on' : about)
  return [
    ...(now.waits === null
      ? []
      : [setting('letIn', sayPalette('setting.letIn'), sayDesk('newAlarms', { n: now.waits }), now.waits === 0)]),
    setting('hand', sayPalette('setting.hand'), on(now.isLeftHanded, 'setting.hand.about')),
    setting('type', sayPalette('setting.type'), on(now.isLarge, 'setting.type.about')),
    setting('keys', sayPalette('setting.keys'), '?'),
    setting('speak', sayLine('switchLanguage'), ''),
    setting('leave', sayLine('signOut'), ''),
  ]
}

const setting = (which: Setting, title: string, about: string, isClosed = false): PaletteEntry => ({
  ...{ key: `setting ${which}`, group: 'setting', title, about, lift: 1, target: { to: 'setting', which } },
  ...(isClosed ? { closed: sayPalette('not.none') } : {}),
  heard: [
    { text: title, worth: 1, sounds: true },
    { text: about, worth: 0.4, sounds: true },
  ],
})
