// The wall's own pieces that can stand without a wall: a cast, who drives, who commands, orders, the past, the quiet line, rows and cards.
import CastStage from '../wall/CastStage.vue'
import LimitsTile from '../wall/LimitsTile.vue'
import OperatorBar from '../wall/OperatorBar.vue'
import OperatorDoor from '../wall/OperatorDoor.vue'
import OrdersTile from '../wall/OrdersTile.vue'
import PastBand from '../wall/PastBand.vue'
import PastFrame from '../wall/PastFrame.vue'
import SpotlightFrame from '../wall/SpotlightFrame.vue'
import StreamCard from '../wall/StreamCard.vue'
import WallHeader from '../wall/WallHeader.vue'
import WallStanding from '../wall/WallStanding.vue'
import { sayGallery } from '../../words/gallery.ts'
import { headerPlan } from '../wall/plan-header.ts'
import { now } from './samples.ts'
import { inPicture, part, type Frame, type Part, type StateName } from './shelf.ts'
import { casts, drawn, leaning, lifeIn, pastIn, wallCases, wallWorld } from './wall-pieces.ts'

const marks = { cases: [], people: [], cameras: [] }
const seams = { x: [], y: [], clear: 0 }
const pieces = {
  CastStage: leaning(({ wall, linked, state }) =>
    drawn(CastStage, { cast: casts[state], waiting: state === 'busy' ? 3 : 0, wall, marks, linked }),
  ),
  SpotlightFrame: leaning(({ linked }) => drawn(SpotlightFrame, { linked })),
  OperatorBar: leaning(({ linked }) => drawn(OperatorBar, { linked, isOpen: false })),
  OrdersTile: leaning(({ wall }) => drawn(OrdersTile, { wall })),
  LimitsTile: leaning(({ wall }) => drawn(LimitsTile, { wall, selectedId: null })),
  StreamCard: leaning(({ wall, state }) => {
    const nth = { normal: 1, busy: 2, lost: 0 }[state as string] ?? 3
    return drawn(StreamCard, { subject: wallCases[nth], wall, isSelected: state === 'normal' })
  }),
  WallHeader: leaning(({ wall, state }) => {
    const lags = { intake: 240, wall: { milliseconds: 310 }, phone: state === 'busy' ? { milliseconds: 12_400 } : null }
    return drawn(WallHeader, { wall, plan: headerPlan(3300, seams, { map: 0, right: 0 }), lags })
  }),
  PastBand: leaning(({ wall, state }) =>
    drawn(PastBand, { past: pastIn(state), wall, now, style: { height: '100%' } }),
  ),
  WallStanding: leaning(({ state }) => drawn(WallStanding, { life: lifeIn(state) })),
}

const inStates = (states: readonly StateName[]) => Object.fromEntries(states.map((state) => [state, [{ state }]]))
const piece = (name: keyof typeof pieces, states: readonly StateName[], frame: Frame): Part =>
  part(`wall/${name}`, pieces[name], ['wall'], inStates(states), { ...frame, world: wallWorld })

export const wallPieces = (): Part[] => [
  piece('WallHeader', ['normal', 'busy', 'empty', 'lost'], { box: inPicture(3300, 440) }),
  piece('SpotlightFrame', ['normal', 'busy', 'refused', 'lost'], { box: inPicture(2400, 200) }),
  piece('OperatorBar', ['normal', 'busy'], { box: inPicture(2000, 60) }),
  part(
    'wall/OperatorDoor',
    OperatorDoor,
    ['wall'],
    {
      normal: [{ busy: false, refusal: null }],
      refused: [{ busy: false, refusal: sayGallery('wrongPassword') }],
      waiting: [{ busy: true, refusal: null }],
    },
    { box: inPicture(1400, 960) },
  ),
  piece('CastStage', ['normal', 'busy', 'lost', 'refused'], { box: inPicture(2800, 1400) }),
  piece('OrdersTile', ['normal', 'empty', 'lost'], { box: inPicture(1840, 700) }),
  piece('LimitsTile', ['normal', 'empty', 'stale'], { box: inPicture(1240, 560) }),
  piece('StreamCard', ['normal', 'busy', 'empty', 'lost'], { box: inPicture(1240, 160) }),
  piece('PastBand', ['normal', 'busy', 'empty', 'lost', 'waiting'], { box: inPicture(3300, 260) }),
  part(
    'wall/PastFrame',
    PastFrame,
    ['wall'],
    { normal: [{ isDemo: false }], busy: [{ isDemo: true }] },
    { box: inPicture(1240, 320) },
  ),
  piece('WallStanding', ['normal', 'busy', 'lost', 'refused', 'waiting'], { box: inPicture(2800, 60) }),
]
