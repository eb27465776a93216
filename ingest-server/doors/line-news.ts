// What every screen is told besides the board: the pulse, who is on duty, where phones are, what has fallen silent, which rules hold.
import type { Known } from '../case-engine/known.ts'
import type { Ground } from '#contract/ground'
import type { CameraId, Instant } from '#contract/ids'
import type { Person, Presence } from '#contract/person'
import type { Role } from '#contract/roles'
import type { AlarmPath, Lags } from '#contract/wire'
import type { Desk } from '../desk/port.ts'
import type { Hearing } from './hearing.ts'
import type { Audiences } from './line-audiences.ts'
import type { RosteredPeople } from './line-people.ts'
import type { Presences } from './line-presence.ts'
import { rulesFor } from './line-rules.ts'
import { peopleFor, standsIn } from './line-scope.ts'
import type { Audience } from './line-scope.ts'
import type { Screens } from './line-socket.ts'

export interface NewsNeeds {
  io: Pick<Screens, 'to'>
  audiences: Audiences
  desk: Pick<Desk, 'board' | 'keeps'>
  hearing: Pick<Hearing, 'silent'>
  people: RosteredPeople
  presences: Presences
  ground: Pick<Ground, 'pathOf' | 'leafAt' | 'cameras'>
  /** Live: when its book is another, every screen is told. */
  known: Pick<Known, 'scenarios'>
  paths?: () => AlarmPath[]
  lags?: () => Lags
  now: () => Instant
}

/** Who is told how far behind each step is: those who watch over it. */
const seesLags: ReadonlySet<Role> = new Set<Role>(['wall', 'duty-officer', 'chief', 'administrator'])
/** Figures that stay the same are said again so often: when they were taken is part of them. */
const lagsAgainMs = 30_000

export interface News {
  peopleFor(audience: Audience): Person[]
  presencesFor(audience: Audience): Presence[]
  silentFor(audience: Audience): CameraId[]
  /** A phone moved: said at the next pulse. */
  moved(): void
  /** Accounts or the roster changed. */
  tellPeople(): void
  /** Only where somebody is on duty now who was not, or the other way round. */
  heedRoster(): void
  heedRules(): void
  /** One more screen of these, which has not heard what the others have. */
  heedNewcomer(audience: Audience): void
  pulse(): void
}

export function openNews(needs: NewsNeeds): News {
  const { io, audiences, desk, hearing, people, presences, ground, known, now } = needs
  let hasMoved = false
  let silentSaid = ''
  let pathsSaid = JSON.stringify(needs.paths?.() ?? [])
  let rulesSaid = known.scenarios
  let lagsSaid = ''
  let lagsSaidAt: Instant = -Infinity
  people.haveChanged()

  const each = (tell: (audience: Audience, revision: number) => void) =>
    audiences.each((audience, revision) => tell(audience, revision))

  /** Null where what was said still holds. */
  function lagsNow(at: Instant): Lags | null {
    const lags = needs.lags?.()
    if (!lags) return null
    const figures = JSON.stringify([lags.intake, lags.wall, lags.phone], (key, value) =>
      key === 'at' ? undefined : value,
    )
    if (figures === '[null,null,null]' || (figures === lagsSaid && at - lagsSaidAt < lagsAgainMs)) return null
    lagsSaid = figures
    lagsSaidAt = at
    return lags
  }

  const news: News = {
    peopleFor: (audience) => peopleFor(audience, people.all(), ground),
    presencesFor: (audience) =>
      presences.all(now()).filter(({ wgs84 }) => standsIn(audience, ground.leafAt(wgs84, now()), ground)),
    silentFor: (audience) =>
      hearing.silent(now()).filter((id) => standsIn(audience, ground.cameras.get(id)?.placeId ?? null, ground)),
    moved: () => void (hasMoved = true),
    tellPeople() {
      people.haveChanged()
      each((audience) => io.to(audience.key).emit('people', news.peopleFor(audience)))
    },
    heedRoster() {
      if (people.haveChanged()) news.tellPeople()
    },
    heedRules() {
      if (known.scenarios === rulesSaid) return
      rulesSaid = known.scenarios
      const rules = rulesFor(desk.board(), known)
      each((audience) => io.to(audience.key).emit('scenarios', rules))
    },
    heedNewcomer({ role }) {
      if (seesLags.has(role)) lagsSaid = ''
    },
    pulse() {
      const at = now()
      const lags = lagsNow(at)
      const stuck = !desk.keeps() && { stuck: true as const }
      const silent = hearing.silent(at).join()
      const paths = needs.paths?.() ?? []
      const pathsNow = JSON.stringify(paths)
      each((audience, revision) => {
        const screens = io.to(audience.key)
        screens.emit('pulse', { at, revision, ...stuck, ...(lags && seesLags.has(audience.role) && { lags }) })
        if (hasMoved) screens.emit('presence', news.presencesFor(audience))
        if (silent !== silentSaid) screens.emit('silent', news.silentFor(audience))
        if (pathsNow !== pathsSaid) screens.emit('paths', paths)
      })
      silentSaid = silent
      pathsSaid = pathsNow
      hasMoved = false
      news.heedRoster()
      news.heedRules()
    },
  }
  return news
}
