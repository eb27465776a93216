// What a site may set, and what it is told when it sets it wrongly.
import { expect, it } from 'vitest'
import { ConfigFault, ownOrigins, readConfig } from '../../ingest-server/app/config.ts'

const faultOf = (environment: Record<string, string>): string => {
  try {
    readConfig(environment)
  } catch (fault) {
    if (fault instanceof ConfigFault) return fault.message
    throw fault
  }
  return 'taken'
}

it('[OP1] with nothing set the server is this machine’s own, on 8787, with its files in ./data', () => {
  expect(readConfig({})).toEqual({
    port: 8787,
    host: '127.0.0.1',
    dataFolder: './data',
    origins: ['http://127.0.0.1:8787', 'http://localhost:8787'],
    secure: false,
    proxies: ['loopback'],
    silentAfterMs: 30 * 60_000,
    log: 'info',
    logFiles: { folder: 'data/logs', keptDays: 180 },
    overload: 2000,
    probeMs: 5 * 60_000,
    mqtt: { kind: 'embedded', host: '127.0.0.1', port: 1883, asked: false },
    sip: null,
  })
})

it('[OP1] what is set is taken, and an empty variable is as if it were not set', () => {
  const config = readConfig({
    PORT: '9000',
    HOST: '',
    SANPING_DATA: '/srv/sanping',
    SANPING_ORIGINS: 'https://sanping.example, https://10.0.0.5:8443',
    SANPING_MAP: '/srv/map',
    SANPING_SILENT_MINUTES: '5',
    SANPING_LOG: 'warn',
    SANPING_OVERLOAD: '50',
  })
  expect(config).toMatchObject({ port: 9000, host: '127.0.0.1', secure: true, mapFolder: '/srv/map', overload: 50 })
  expect(config.origins).toEqual(['https://sanping.example', 'https://10.0.0.5:8443'])
  expect(config.silentAfterMs).toBe(300_000)
})

it('[OP2] a wrong value is one sentence in each language that names the variable and what it had', () => {
  const wrong: Record<string, string[]> = {
    PORT: ['http', '70000', '-1', '80.5'],
    SANPING_ORIGINS: [
      '*',
      'sanping.example',
      'https://sanping.example/wall',
      'javascript:alert(1)',
      'http://A.example',
    ],
    SANPING_PROXIES: ['everybody', '1.2.3.4/x'],
    SANPING_SILENT_MINUTES: ['0', 'never'],
    SANPING_LOG: ['loud'],
    SANPING_OVERLOAD: ['0', '1e9'],
  }
  for (const [name, values] of Object.entries(wrong))
    for (const value of values) {
      const said = faultOf({ [name]: value })
      expect(said.split('\n'), said).toHaveLength(2)
      expect(said).toContain(`${name} 的值 ${JSON.stringify(value)} 不能用：`)
      expect(said).toContain(`${name} cannot be ${JSON.stringify(value)}: `)
    }
})

it('[OP1] a server that listens on every address may be reached by each of its own', () => {
  expect(ownOrigins('0.0.0.0', 80, ['10.0.0.5'])).toEqual(['http://127.0.0.1', 'http://localhost', 'http://10.0.0.5'])
  expect(ownOrigins('::1', 8787, [])).toEqual(['http://[::1]:8787'])
  expect(ownOrigins('10.0.0.5', 8787, ['10.0.0.5', '10.0.0.6'])).toEqual(['http://10.0.0.5:8787'])
})
