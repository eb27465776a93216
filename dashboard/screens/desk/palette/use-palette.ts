// The palette at work: what may be found on this desk now, the archive behind it, and what choosing a line does.
import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import type { Case } from '#contract/case'
import { speaking } from '../../../link/ask.ts'
import { askArchive } from '../../../link/judging.ts'
import { useBoard } from '../../../stores/board.ts'
import { language } from '../../../words/words.ts'
import { alsoSays } from '../also.ts'
import type { useComfort } from '../use-comfort.ts'
import type { Desk } from '../use-desk.ts'
import { archiveSought } from './archive-sought.ts'
import { loadOf, openCaseEntries, personEntries, placeEntries, thingEntries } from './entries.ts'
import type { PaletteEntry } from './entries.ts'
import { openFinder } from './finder.ts'
import { linesAtRest, linesFor } from './lines.ts'
import { pageEntries, settingEntries } from './places-to-go.ts'
import { deviceShelf, recentKeys } from './recent.ts'
import { openSpelling } from './spelling.ts'
import { apart, onCase, verbEntries } from './verbs.ts'

export type ArchiveLook = 'none' | 'asking' | 'unreachable' | 'empty' | 'found'

/** A pause in typing: every letter of a word is no question of its own. */
const pause = 180
const spell = openSpelling()

export function usePalette(desk: Desk, { isLeftHanded, isLarge }: ReturnType<typeof useComfort>) {
  const board = useBoard()
  const typed = ref('')
  const finder = openFinder(spell)
  const recent = recentKeys(deviceShelf)
  const facts = desk.facts.value
  const entryOf = openCaseEntries(facts)
  const archivedEntry = openCaseEntries(facts, 'archived')

  // As things stood when it was opened: a list must not change under the arrow keys.
  const now = board.now
  /** The house's own test alarms are nobody's work. */
  const cases = board.cases.filter((one) => board.scenarioOf(one)?.kind !== 'self-check')
  const around = { facts, cases }
  const places = placeEntries(around)
  /** Without a list there is nothing to narrow, and no archive to ask. */
  const isApart = desk.pages.isApart.value
  const things = isApart ? [] : [...cases.map(entryOf), ...places, ...personEntries(around), ...thingEntries(around)]
  const load = loadOf(cases)
  // Read before the first letter, not under it.
  const warm = setTimeout(() => finder.find('·', things, 1))
  onScopeDispose(() => clearTimeout(warm))
  const pages = pageEntries(desk.pages.offered.value, isApart ? null : desk.lists.counts.value)
  const settings = computed(() =>
    settingEntries({
      ...{ isLeftHanded: isLeftHanded.value, isLarge: isLarge.value },
      waits: isApart ? null : (desk.lists.bar.value?.count ?? 0),
    }),
  )
  const verbs = computed(() => {
    const subject = desk.lists.subject.value
    if (!subject || desk.pages.page.value) return []
    const { deeds, acts, looker } = desk
    const mode = deeds.mode.value
    const standing = {
      ...{ facts, subject, looker: looker.value, foot: deeds.offered.value },
      also: alsoSays(facts, subject, looker.value),
      choice: mode === 'inbox' || mode === 'handling' ? desk.choice.choice.value : null,
      ...{ load, isSwap: mode === 'handling', now },
      ...{ reaches: acts.reaches.value, isWaiting: acts.pendingWords(subject.id) !== null },
      isClosedToYou: mode === 'verify' && deeds.isClosedToYou.value,
    }
    return verbEntries(standing, typed.value)
  })
  const archived = shallowRef<readonly Case[]>([])
  const archive = ref<ArchiveLook>('none')
  const fetch = speaking(globalThis.fetch.bind(globalThis), () => language.value)
  let timer: ReturnType<typeof setTimeout> | undefined
  let turn = 0
  watch(typed, (wanted) => {
    clearTimeout(timer)
    turn++
    archived.value = []
    const wish = isApart ? null : archiveSought(wanted, facts, places, finder)
    archive.value = wish ? 'asking' : 'none'
    if (wish) timer = setTimeout(() => void ask(wish, turn), pause)
  })
  async function ask(wish: NonNullable<ReturnType<typeof archiveSought>>, mine: number) {
    const asked = await askArchive(fetch, wish)
    if (mine !== turn) return
    // On the board for a day yet: it stands among the cases.
    archived.value = asked.ok ? asked.answer.cases.filter(({ id }) => !board.board?.cases.has(id)) : []
    archive.value = !asked.ok ? 'unreachable' : archived.value.length ? 'found' : 'empty'
  }
  onScopeDispose(() => {
    clearTimeout(timer)
    turn++
  })

  const found = computed(() => {
    const all = [...verbs.value, ...pages, ...settings.value, ...things]
    const words = apart(typed.value).trim()
    return words ? linesFor(words, all, finder, recent) : linesAtRest(all, recent)
  })
  /** What the archive answered comes last: nothing above it moves. */
  const groups = computed(() =>
    archived.value.length
      ? [...found.value, { group: 'archived' as const, entries: archived.value.map(archivedEntry), hidden: 0 }]
      : found.value,
  )
  const about = computed(() => {
    const subject = desk.lists.subject.value
    return subject ? onCase({ facts, subject }) : ''
  })
  return { typed, groups, archive, about }
}

/** Chosen lines do what the buttons do, by the same road. */
export function doTarget(
  desk: Desk,
  { target }: PaletteEntry,
  settings: Record<'speak' | 'hand' | 'type', () => void>,
) {
  switch (target.to) {
    case 'case':
      return desk.goTo(target.id)
    case 'place':
    case 'person':
    case 'camera':
    case 'facility':
      desk.pages.open(null)
      return desk.lists.narrowTo(target)
    case 'page':
      return desk.pages.open(target.page)
    case 'tab':
      return desk.openTab(target.tab)
    case 'press':
      return desk.deeds.press(target.key)
    case 'send':
      if (target.insists) return desk.insist(target.who)
      desk.choice.pick(target.who)
      return desk.deeds.press('primary')
    case 'sheet':
      desk.asks.leave()
      return desk.sheets.open(target.kind)
    case 'merge':
      desk.asks.leave()
      return desk.sheets.openMerge()
    case 'setting': {
      const does = {
        ...settings,
        letIn: desk.lists.letIn,
        keys: () => (desk.showsKeys.value = true),
        leave: () => void desk.door.leave(),
      }
      return void does[target.which]()
    }
    default:
      return target satisfies never
  }
}
