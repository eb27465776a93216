// What the desk said: replaced whole when it says something new, never edited here.
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { Calendar } from '#contract/clock'
import type { CameraId, Instant, PersonId, ScenarioId } from '#contract/ids'
import type { ScreenBoard } from '#contract/patch'
import type { Person, Presence, Viewer } from '#contract/person'
import type { Duty } from '#contract/duty'
import type { Case } from '#contract/case'
import { applyRoll, type RollView } from '#contract/roll'
import type { Matter, Scenario } from '#contract/scenario'
import type { LinkageView } from '#contract/linkage'
import type { WallSite } from '#contract/wall-site'
import type { AlarmPath, Lags, Operator, Welcome } from '#contract/wire'
import type { LineLook, Told } from '../link/line-port.ts'

export const useBoard = defineStore('board', () => {
  const board = shallowRef<ScreenBoard | null>(null)
  const viewer = shallowRef<Viewer | null>(null)
  const people = shallowRef<ReadonlyMap<PersonId, Person>>(new Map())
  const presences = shallowRef<ReadonlyMap<PersonId, Presence>>(new Map())
  /** In force, by id. */
  const scenarios = shallowRef<ReadonlyMap<ScenarioId, Scenario>>(new Map())
  /** Every version a case on the board may go by. */
  const versions = shallowRef<ReadonlyMap<string, Scenario>>(new Map())
  /** How the synthetic alarm last came through, path by path. */
  const paths = shallowRef<readonly AlarmPath[]>([])
  /** Cameras not heard of for too long. */
  const silent = shallowRef<ReadonlySet<CameraId>>(new Set())
  /** By which work time is counted; null until the desk has said it. */
  const calendar = shallowRef<Calendar | null>(null)
  /** Of a system with many: those a case may be handed over to. */
  const streets = shallowRef<NonNullable<Welcome['streets']>>([])
  /** Of a district or a city: what it holds of those below it. */
  const roll = shallowRef<RollView | null>(null)
  const demo = ref(false)
  /** How far behind the street each step is. */
  const lags = shallowRef<Lags>({ intake: null, wall: null, phone: null })
  /** How this wall hangs, where it is a bound one; and who commands through it now. */
  const site = shallowRef<WallSite | null>(null)
  const operator = shallowRef<Operator | null>(null)
  /** The build that serves; another than at first means reload in a quiet minute. */
  const build = ref<string | null>(null)
  const line = shallowRef<LineLook>({ state: 'connecting', since: 0, lastAt: null, lagMs: null, offsetMs: 0, pace: 1 })
  /** The server's clock as far as it is known, once a second. */
  const now = ref<Instant>(0)

  const cases = computed(() => [...(board.value?.cases.values() ?? [])])
  /** What the screens look at together, and what is on the wall. */
  const linkage = computed<LinkageView>(() => board.value?.linkage ?? unlinked)
  const duty = computed<Duty>(() => board.value?.duty ?? nothing)
  const matters = computed(() => {
    const found = new Map<string, Matter>()
    for (const scenario of scenarios.value.values())
      for (const matter of scenario.matters) found.set(matter.code, matter)
    return found
  })

  function hear(told: Told) {
    switch (told.what) {
      case 'look':
        line.value = told.look
        return
      case 'board':
        board.value = told.board
        return
      case 'welcome': {
        const { welcome } = told
        viewer.value = welcome.viewer
        keepScenarios(welcome.scenarios)
        paths.value = welcome.paths ?? []
        people.value = byPerson(welcome.people, (person) => person.id)
        presences.value = byPerson(welcome.presences, (presence) => presence.personId)
        silent.value = new Set(welcome.silent)
        calendar.value = welcome.calendar ?? null
        streets.value = welcome.streets ?? []
        roll.value = welcome.roll ?? null
        site.value = welcome.site ?? null
        operator.value = welcome.operator ?? null
        demo.value = welcome.demo
        build.value = welcome.build
        return
      }
      case 'people':
        people.value = byPerson(told.people, (person) => person.id)
        return
      case 'presences':
        presences.value = byPerson(told.presences, (presence) => presence.personId)
        return
      case 'silent':
        silent.value = new Set(told.silent)
        return
      case 'scenarios':
        keepScenarios(told.scenarios)
        return
      case 'paths':
        paths.value = told.paths
        return
      case 'lags':
        lags.value = told.lags
        return
      case 'site':
        site.value = told.site
        return
      case 'operator':
        operator.value = told.operator
        return
      case 'roll':
        if (roll.value) roll.value = applyRoll(roll.value, told.roll)
        return
      default:
        return told satisfies never
    }
  }
  /** Those in force come first. */
  function keepScenarios(list: readonly Scenario[]) {
    scenarios.value = new Map([...list].reverse().map((scenario) => [scenario.id, scenario]))
    versions.value = new Map(list.map((scenario) => [`${scenario.id}@${scenario.version}`, scenario]))
  }
  /** What a case goes by: the rules it was opened under, else those in force. */
  const scenarioOf = (subject: Pick<Case, 'scenarioId' | 'scenarioVersion'>): Scenario | undefined =>
    versions.value.get(`${subject.scenarioId}@${subject.scenarioVersion}`) ?? scenarios.value.get(subject.scenarioId)
  /** A moment by this device's clock as the server would have called it. */
  const serverTime = (deviceAt: Instant): Instant => Math.round(deviceAt * line.value.pace + line.value.offsetMs)
  /** By this device's clock; kept as the server's. */
  function tick(deviceNow: Instant) {
    now.value = serverTime(deviceNow)
  }
  /** Nobody looks any more: what they saw leaves the screen. */
  function forget() {
    board.value = null
    viewer.value = null
    roll.value = null
    people.value = new Map()
    presences.value = new Map()
  }

  return {
    board,
    viewer,
    people,
    presences,
    scenarios,
    versions,
    matters,
    paths,
    duty,
    linkage,
    lags,
    site,
    operator,
    silent,
    calendar,
    streets,
    roll,
    demo,
    build,
    line,
    now,
    cases,
    scenarioOf,
    serverTime,
    hear,
    tick,
    forget,
  }
})

const unlinked: LinkageView = { spotlight: null, casts: [] }
const nothing: Duty = { shifts: [], handOvers: [], windows: [] }

const byPerson = <T>(list: readonly T[], id: (one: T) => PersonId): ReadonlyMap<PersonId, T> =>
  new Map(list.map((one) => [id(one), one]))
