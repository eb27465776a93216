// How Chinese words sound, for whoever types 「qy」 and means 桥一. The readings are pinyin-pro's, and loaded with the palette alone.
import { pinyin } from 'pinyin-pro'

/** How a text is typed by its sound, in small letters; figures and Latin letters stand as they are. */
export interface Spelled {
  /** `qy1hcp` for 桥一1号车棚. */
  initials: string
  /** `qiaoyi1haochepeng`. */
  full: string
  /** Where in `full` a character begins: a sound is never found from its middle. */
  starts: ReadonlySet<number>
}
export type Spell = (text: string, isName?: boolean) => Spelled

/** Names of matters, places and people come again and again: each is read once. */
export function openSpelling(): Spell {
  const read = new Map<string, Spelled>()
  return (text, isName = false) => {
    const key = isName ? ` ${text}` : text
    const known = read.get(key)
    if (known) return known
    const spelled = spellOut(text, isName)
    read.set(key, spelled)
    return spelled
  }
}

/** 单 is shàn at the head of a name; `v` is how ü is typed. */
function spellOut(text: string, isName: boolean): Spelled {
  const options = { type: 'array', toneType: 'none', v: true, surname: isName ? 'head' : 'off' } as const
  let [initials, full] = ['', '']
  const starts = new Set<number>()
  for (const sound of pinyin(text, options)) {
    const plain = sound.toLowerCase().replace(/[^a-z0-9]/g, '')
    if (!plain) continue
    starts.add(full.length)
    full += plain
    initials += plain[0]
  }
  return { initials, full, starts }
}
