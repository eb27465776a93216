// Starts the server, and stops it well. The only place that reads the environment.
import { ConfigFault, readConfig } from './app/config.ts'
import { openHouse } from './app/house.ts'
import { openLog } from './app/log.ts'
import { buildName } from './app/build-name.ts'
import { ownAddresses } from './app/own-addresses.ts'
import { realWorld } from './app/world.ts'

/** What a supervisor reads: 1 something failed and a restart may help, 2 a setting is wrong and it will not. */
const failed = { byItself: 1, bySetting: 2 }

try {
  const config = readConfig(process.env, ownAddresses())
  const log = openLog(config.log)
  const house = await openHouse({
    config,
    world: realWorld,
    log,
    build: buildName,
    onBroken(fault) {
      // Nothing may be answered from here on: what is on the disk is known only after a new start.
      console.error(
        `日志不可信，立即停机：${fault.message}\nThe journal cannot be trusted, stopping now: ${fault.message}`,
      )
      process.exit(failed.byItself)
    },
  })

  console.log(`三屏已就绪 / Sanping is ready: ${house.url}`)
  for (const screen of ['wall', 'desk', 'field', 'resident']) console.log(`  ${house.url}/${screen}`)
  for (const way of [house.mqtt, house.sip]) if (way) console.log(`  ${way}`)
  if (house.firstAdministrator) {
    const { id, password } = house.firstAdministrator
    console.log(
      `首个管理员 / first administrator: ${id}\n密码只显示这一次 / the password, shown only now: ${password}\n请马上换掉 / change it now: npm run sanping -- user password ${id}`,
    )
  }

  let stopping = false
  const stop = async (): Promise<void> => {
    if (stopping) return
    stopping = true
    await house.close()
    process.exit(0)
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
} catch (fault) {
  console.error(fault instanceof Error ? fault.message : fault)
  process.exit(fault instanceof ConfigFault ? failed.bySetting : failed.byItself)
}
