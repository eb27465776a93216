// The parts of the desk's other pages, and the charts: turns, figures with their counts, a line of a case, the past, hours.
import { h } from 'vue'
import HoursChart from '../../charts/HoursChart.vue'
import CaseLine from '../../parts/CaseLine.vue'
import PastBand from '../../parts/PastBand.vue'
import PickOne from '../../parts/PickOne.vue'
import RosterGrid from '../../parts/RosterGrid.vue'
import ShareCell from '../../parts/ShareCell.vue'
import SpotPick from '../../parts/SpotPick.vue'
import WhenField from '../../parts/WhenField.vue'
import { sayGallery } from '../../words/gallery.ts'
import { sayKpi } from '../../words/desk-kpi.ts'
import { sayPast } from '../../words/desk-past.ts'
import { sayWindows } from '../../words/desk-windows.ts'
import { momentInWords } from '../../words/moments.ts'
import { pagesShown } from './pages-shown.ts'
import { now } from './samples.ts'
import { part, type Part } from './shelf.ts'

export function pageParts(): Part[] {
  const shown = pagesShown()
  const [share, noShare] = shown.shares
  const [line] = shown.lines
  const pick = { label: sayKpi('view'), choices: shown.views, modelValue: 'figures' as const }
  const spots = { spots: shown.spots, label: sayWindows('spot'), placeholder: sayWindows('spotPlaceholder') }
  const spotWords = { ...spots, none: sayWindows('spotNone'), other: sayWindows('spotOther') }
  const week = { days: shown.days, groups: shown.groups, chosen: shown.chosen, mayAdd: true }
  const hours = {
    hours: shown.hours,
    from: now - 86_400_000,
    to: now,
    label: sayGallery('hours'),
    ticks: [{ at: 0, words: '09:31' }],
    said: ({ all }: { all: number }) => String(all),
  }
  const moment = sayPast('band', { moment: momentInWords(now, true) })
  return [
    part('PickOne', PickOne, ['desk'], {
      normal: [pick],
      busy: [{ ...pick, choices: shown.views.map((one) => ({ ...one, words: sayGallery('because'), count: 1_204 })) }],
    }),
    part('WhenField', WhenField, ['desk'], {
      normal: [{ modelValue: now, label: sayPast('moment') }],
      empty: [{ modelValue: null, label: sayPast('moment') }],
      refused: [{ modelValue: now, label: sayPast('moment'), disabled: true }],
    }),
    part('ShareCell', ShareCell, ['desk'], {
      normal: [share!],
      busy: [{ ...share!, count: '104233/104871', label: sayGallery('longName') }],
      empty: [noShare!],
    }),
    part('CaseLine', CaseLine, ['desk'], {
      normal: shown.lines.map((one) => ({ line: one })),
      busy: [
        {
          line: {
            ...line!,
            title: sayGallery('longTitle'),
            where: sayGallery('longPlace'),
            how: sayGallery('because'),
          },
        },
      ],
    }),
    part('SpotPick', SpotPick, ['desk'], {
      normal: [{ ...spotWords, modelValue: shown.spots[0] ?? null }],
      empty: [{ ...spotWords, modelValue: null }],
    }),
    part(
      'RosterGrid',
      RosterGrid,
      ['desk'],
      {
        normal: [{ ...week, chosen: null }],
        busy: [
          { ...week, groups: [...shown.groups, ...shown.groups.map((group) => ({ ...group, key: `${group.key} 2` }))] },
        ],
        empty: [{ ...week, groups: [] }],
        refused: [{ ...week, chosen: null, mayAdd: false }],
      },
      { isWide: true },
    ),
    part(
      'PastBand',
      PastBand,
      ['desk'],
      { normal: [{ moment, means: sayPast('notNow') }], busy: [{ moment, means: sayGallery('longWhy') }] },
      { isWide: true, inside: () => h('button', { class: 'small-act' }, h('span', sayGallery('open'))) },
    ),
    part(
      'HoursChart',
      HoursChart,
      ['desk'],
      {
        normal: [hours],
        busy: [{ ...hours, hours: shown.hours.map((one) => ({ ...one, all: one.all * 97, part: one.part * 80 })) }],
        empty: [{ ...hours, hours: [] }],
      },
      { isWide: true },
    ),
  ]
}
