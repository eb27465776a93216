// `npm run demo`: a whole street on this machine, its morning played fast, its day going on, and four addresses to look at it.
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Server } from 'node:net'
import { toString as drawQr } from 'qrcode'
import { buildName } from '../app/build-name.ts'
import { readConfig } from '../app/config.ts'
import { openHouse, type House } from '../app/house.ts'
import { ownAddresses } from '../app/own-addresses.ts'
import { openLog } from '../app/log.ts'
import { realWorld } from '../app/world.ts'
import type { Ground } from '#contract/ground'
import { SourceId, type Instant } from '#contract/ids'
import { asRostered } from '#contract/roster'
import { openAlbum } from './album.ts'
import { appointments } from './appointments.ts'
import { openBadLine, type BadLine } from './bad-line.ts'
import { chanceFrom, type Chance } from './chance.ts'
import { lastWorkDay, openDemoClock, timeOfDay, type DemoClock } from './clock.ts'
import { heartbeats, pulseOf } from './faults.ts'
import { forward } from './forward.ts'
import { happenings, type Telling } from './happenings.ts'
import { goLive } from './live.ts'
import { matterMaps, sourceNames, sourceTitles, type SourceName } from './messages.ts'
import { readOptions, type DemoOptions } from './options.ts'
import { demoPassword, demoPeople, forVisitors, keepers } from './people.ts'
import { openPlayer } from './player.ts'
import { openWalkers } from './walkers.ts'

const hour = 3_600_000

/** The seed's four streams: the past, the future, the faults and the walks do not disturb one another. */
const streams = (seed: number): Record<'past' | 'live' | 'faults' | 'walks', Chance> => ({
  past: chanceFrom(seed * 4),
  live: chanceFrom(seed * 4 + 1),
  faults: chanceFrom(seed * 4 + 2),
  walks: chanceFrom(seed * 4 + 3),
})

async function addSources(house: House, now: number): Promise<Record<SourceName, string>> {
  const keys = await Promise.all(
    sourceNames.map(async (name) => {
      const id = SourceId.parse(`demo-${name}`)
      const source = { id, name: sourceTitles[name], matters: matterMaps[name], cameras: {} }
      return [name, await house.records.sources.add(source, now)] as const
    }),
  )
  return Object.fromEntries(keys) as Record<SourceName, string>
}

/** The day up to now; its last hour is a rush where it is to be busy, so that whoever opens the screens finds them busy. */
function pastOf(chance: Chance, ground: Ground, from: Instant, to: Instant, isBusy: boolean): Telling[] {
  const rush = Array.from({ length: isBusy ? 6 : 0 }, (_, nth) => `rush-${nth}`).flatMap((name) =>
    happenings(chance, ground, to - hour, to, name),
  )
  return [...happenings(chance, ground, from, to, 'past'), ...rush].sort((a, b) => a.at - b.at)
}

const listening = (server: Server, port: number, host: string): Promise<void> =>
  new Promise((ready, failed) => {
    server.once('error', failed)
    server.listen(port, host, ready)
  })

async function welcome(address: string, options: DemoOptions): Promise<void> {
  const name = { wall: '大屏 wall    ', desk: '中屏 desk    ', field: '小屏 field   ', resident: '居民 resident' }
  console.log(`\n三屏演示已就绪，全部是演示数据。 / The demo is ready; all of it is demo data.\n`)
  for (const [screen, words] of Object.entries(name)) console.log(`  ${words}  ${address}/${screen}`)
  console.log(
    `\n  账号 sign in: 值守 ${forVisitors[0]} · 站长 ${forVisitors[1]} · 网格员 ${forVisitors[2]}，密码 password ${demoPassword}`,
  )
  console.log(`  系统 · 安全 · 审计管理员 administrators: ${keepers.join(' · ')}`)
  if (options.opening === 'fire')
    console.log('  约十秒后，桥一居民区的车棚会冒烟。 / In some ten seconds a bike-shed in 桥一 begins to smoke.\n')
  console.log(await drawQr(`${address}/field`, { type: 'terminal', small: true }))
  if (!options.lan)
    console.log(
      '  手机扫码：npm run demo -- --lan，并与本机在同一局域网。 / For a phone: --lan, on the same network.\n',
    )
}

async function play(options: DemoOptions): Promise<() => Promise<void>> {
  const config = readConfig(
    { ...process.env, SANPING_LOG: process.env.SANPING_LOG ?? 'error', ...(options.lan ? { HOST: '0.0.0.0' } : {}) },
    ownAddresses(),
  )
  const folder = join(config.dataFolder, 'demo')
  await rm(folder, { recursive: true, force: true })

  const at = timeOfDay(options.at, lastWorkDay(Date.now()))
  const from = timeOfDay('00:00', at - 24 * hour)
  const clock: DemoClock = openDemoClock(from, Date.now)
  const house = await openHouse({
    config: {
      ...config,
      // A street on somebody's own machine opens no port that was not asked for.
      ...(config.mqtt.kind === 'embedded' && !config.mqtt.asked && { mqtt: { kind: 'off' as const } }),
      dataFolder: folder,
      // Whoever looks for two minutes sees the synthetic alarm come through.
      probeMs: 15_000,
      ...(options.fail === 'net' ? { port: 0, host: '127.0.0.1' } : {}),
    },
    world: {
      ...realWorld,
      now: clock.now,
      after: (milliseconds, run) => realWorld.after(milliseconds / options.pace, run),
    },
    log: openLog(config.log),
    build: buildName,
    demo: true,
    pace: options.pace,
    onBroken: (fault) => {
      console.error(fault.message)
      process.exit(1)
    },
  })
  const inner = house.url.replace('0.0.0.0', '127.0.0.1')
  const chance = streams(options.seed)
  for (const person of demoPeople(house.ground.places.values())) await house.records.accounts.add(person, from)
  const people = house.records.accounts.people
  const player = openPlayer({
    url: inner,
    keys: await addSources(house, from),
    album: openAlbum(house.records.evidence, clock.now),
    cases: () => house.desk.board().cases.values(),
    people,
    onDuty: (person) => asRostered(person, house.desk.board().shifts.get(person.id), clock.now()).onDuty,
    pathOf: house.ground.pathOf,
    scenarios: new Map(house.scenarios.map((scenario) => [scenario.id, scenario])),
    submit: (by, id, wish) => house.desk.submit({ id, by, wish }),
    now: clock.now,
    complain: (words) => console.error(`  ${words}`),
  })

  const pulse = pulseOf(house.ground, chance.faults, options.fail)
  clock.set(at - 40 * 60_000)
  for (const message of heartbeats(pulse.fallen, clock.now())) await player.post(message)
  let shown = -1
  await forward({
    clock,
    player,
    tellings: pastOf(chance.past, house.ground, from, at, options.opening !== 'quiet'),
    appointments: appointments({ house, player, now: clock.now, from, at }),
    from,
    to: at,
    say: (share) => {
      const percent = Math.floor(share * 20) * 5
      if (percent !== shown) process.stdout.write(`\r  快进到 ${options.at} / fast forward … ${percent} %`)
      shown = percent
    },
  })
  for (const message of heartbeats(pulse.beating, clock.now())) await player.post(message)
  console.log()
  clock.run(options.pace)

  const badLine: BadLine | null =
    options.fail === 'net'
      ? openBadLine(Number(new URL(inner).port), (milliseconds, run) => void realWorld.after(milliseconds, run))
      : null
  if (badLine) await listening(badLine.server, config.port, config.host)
  const onFoot = [...people().values()].filter(
    (person) => person.onDuty && (person.role === 'officer' || person.role === 'property'),
  )
  const walkers = openWalkers({
    url: inner,
    origin: config.origins[0]!,
    people: await Promise.all(
      onFoot.map(async (person) => ({ person, token: await house.records.sessions.open(person.id, clock.now()) })),
    ),
    places: house.ground.places,
    chance: chance.walks,
  })
  const stopLive = goLive({
    player,
    walkers,
    ground: house.ground,
    chance: chance.live,
    pulse,
    cases: () => house.desk.board().cases.values(),
    now: clock.now,
    every: realWorld.every,
    badLine,
    flooding: options.fail === 'flood',
    burning: options.opening === 'fire',
    complain: (fault) => console.error(`  ${fault instanceof Error ? fault.message : String(fault)}`),
  })
  const host = options.lan ? (ownAddresses()[0] ?? 'localhost') : 'localhost'
  await welcome(`http://${host}:${badLine ? config.port : new URL(house.url).port}`, options)

  return async () => {
    stopLive()
    walkers.close()
    badLine?.close()
    await house.close()
  }
}

try {
  const stop = await play(readOptions(process.argv.slice(2)))
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void stop().then(() => process.exit(0)))
} catch (fault) {
  console.error(fault instanceof Error ? fault.message : fault)
  process.exit(2)
}
