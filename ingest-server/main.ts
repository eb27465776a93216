// Starts the server, and stops it well. The only place that reads the environment.
import { ConfigFault, readConfig } from './app/config.ts'
import { openHouse } from './app/house.ts'
import { openSystem } from './app/system.ts'
import { readStreets } from './app/read-streets.ts'
import { keepTidy, openLogFiles } from './app/log-files.ts'
import { openLog } from './app/log.ts'
import { openOwnNode } from './app/own-node.ts'
import { buildName } from './app/build-name.ts'
import { ownAddresses } from './app/own-addresses.ts'
import { realWorld } from './app/world.ts'

/** What a supervisor reads: 1 something failed and a restart may help, 2 a setting is wrong and it will not. */
const failed = { byItself: 1, bySetting: 2 }

try {
  const config = readConfig(process.env, ownAddresses())
  const files =
    config.logFiles &&
    openLogFiles({ ...config.logFiles, ...(config.node && { node: config.node }), now: realWorld.now })
  const log = openLog(config.log, { files: files ?? undefined, node: config.node })
  const tidying = files && keepTidy(files, realWorld)
  const streets = await readStreets(config.dataFolder)
  const node = await openOwnNode(config, realWorld, log)
  const needs = {
    config,
    world: realWorld,
    log,
    ...(node && { node }),
    ...(files && { logs: files.figures }),
    build: buildName,
    onBroken(fault: Error) {
      // Nothing may be answered from here on: what is on the disk is known only after a new start.
      console.error(
        `日志不可信，立即停机：${fault.message}\nThe journal cannot be trusted, stopping now: ${fault.message}`,
      )
      process.exit(failed.byItself)
    },
  }
  const house = streets ? await openMany(streets) : await openOne()

  async function openOne() {
    const one = await openHouse(needs)
    console.log(`三屏已就绪 / Sanping is ready: ${one.url}`)
    sayWays(one.url, [one.mqtt, one.sip])
    sayFirst(one.firstAdministrator, '')
    return one
  }

  async function openMany(listed: NonNullable<typeof streets>) {
    const many = await openSystem({
      ...needs,
      streets: listed,
      onOpened({ id, names, origins }, { ways, first }) {
        console.log(`${names.zh} / ${names.en} ${id}: ${origins[0]}`)
        sayWays(origins[0]!, ways)
        sayFirst(first, ` --street ${id}`)
      },
    })
    console.log(`三屏已就绪 / Sanping is ready: ${many.url}`)
    return many
  }

  log.info({ event: 'started', build: buildName, node: process.version }, 'the house is up')
  let stopping = false
  const stop = async (): Promise<void> => {
    if (stopping) return
    stopping = true
    log.info({ event: 'stopping' }, 'the house is being stopped')
    // All streets' desks at once, before the first of them closes.
    await node?.drain()
    await house.close()
    await node?.close()
    tidying?.()
    process.exit(0)
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
} catch (fault) {
  console.error(fault instanceof Error ? fault.message : fault)
  process.exit(fault instanceof ConfigFault ? failed.bySetting : failed.byItself)
}

function sayWays(url: string, ways: readonly (string | null)[]): void {
  for (const screen of ['wall', 'desk', 'field', 'resident']) console.log(`  ${url}/${screen}`)
  for (const way of ways) if (way) console.log(`  ${way}`)
}

/** `which`: how the command line is told whose account it is. */
function sayFirst(first: { id: string; password: string } | null, which: string): void {
  if (!first) return
  const { id, password } = first
  console.log(
    `首个管理员 / first administrator: ${id}\n密码只显示这一次 / the password, shown only now: ${password}\n第一次登录时换成自己的，再在 /desk#/accounts 建一个安全管理员和一个审计管理员（或用命令行） / change it at the first sign-in, then make one security and one audit administrator at /desk#/accounts, or here: npm run sanping -- user add NAME --role security-administrator${which}`,
  )
}
