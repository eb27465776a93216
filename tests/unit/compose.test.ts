// The compose files, read without Docker: what they set the server knows, what they pull is pinned, what they open is little.
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, it } from 'vitest'
import { readConfig } from '../../ingest-server/app/config.ts'
import { readYaml, type Yaml } from '../suites/small-yaml.ts'

const root = resolve(import.meta.dirname, '../..')
const textOf = (file: string) => readFileSync(resolve(root, file), 'utf8')

interface Service {
  image?: string
  build?: string
  environment?: Record<string, string>
  ports?: string[]
  restart?: string
  stop_grace_period?: string
  healthcheck?: Yaml
  volumes?: string[]
  networks?: string[]
  depends_on?: Record<string, Yaml>
  configs?: { source: string }[]
  deploy?: { resources: { limits: Record<string, string> } }
}
interface Compose {
  services: Record<string, Service>
  volumes: Record<string, Yaml>
  networks?: Record<string, Yaml>
  configs?: Record<string, { content: string }>
}

const full = readYaml(textOf('docker-compose.yml')) as unknown as Compose
const one = readYaml(textOf('docker-compose.one.yml')) as unknown as Compose
const nodes = Object.keys(full.services).filter((name) => full.services[name]!.build)

/** As compose fills them in, from what a site has written. */
const filled = (text: string, site: Record<string, string>) =>
  text.replace(/\$\{(\w+)(?::[-?]([^}]*))?\}/g, (_, name: string, other = '') => site[name] ?? other)
const site = {
  SANPING_HOST: 'sanping.example',
  SANPING_POSTGRES_PASSWORD: 'one',
  SANPING_REDIS_PASSWORD: 'two',
  SANPING_MQTT_PASSWORD: 'three',
}

it('[ND42] the full constellation is two nodes alike, PostgreSQL, Redis, Mosquitto and a proxy with TLS', () => {
  expect(Object.keys(full.services).toSorted()).toEqual(
    ['mosquitto', 'node-1', 'node-2', 'postgres', 'proxy', 'redis'].toSorted(),
  )
  const [first, second] = nodes.map((name) => ({ ...full.services[name]!, environment: undefined }))
  expect(first).toEqual(second)
  const caddy = full.configs!['caddy']!.content
  expect(caddy).toContain(`reverse_proxy ${nodes.map((name) => `${name}:8787`).join(' ')}`)
  expect(caddy).toMatch(/tls \$\{SANPING_TLS:-internal\}/)
  expect(caddy).toContain('health_uri /readyz')
})

it('[ND42] every setting of a node is one the server knows and takes', () => {
  const known = [...textOf('ingest-server/app/config.ts').matchAll(/^ {2}(SANPING_\w+|PORT|HOST): /gm)].map(
    ([, name]) => name,
  )
  for (const { services } of [full, one])
    for (const { build, environment = {} } of Object.values(services)) {
      if (!build) continue
      expect(Object.keys(environment).filter((name) => !known.includes(name))).toEqual([])
      const set = Object.entries(environment).map(([name, value]) => [name, filled(value, site)])
      const config = readConfig(Object.fromEntries(set))
      expect(config.origins[0]).toMatch(
        services === full.services ? /^https:\/\/sanping\.example$/ : /^http:\/\/localhost/,
      )
    }
  expect(new Set(nodes.map((name) => full.services[name]!.environment!['SANPING_NODE'])).size).toBe(2)
})

it('[ND43] no secret stands in a file, and what a site must write is in .env.example', () => {
  const text = textOf('docker-compose.yml')
  const example = textOf('.env.example')
  const asked = new Set([...text.matchAll(/\$\{(\w+)/g)].map(([, name]) => name!))
  for (const name of asked) expect(example).toContain(`# ${name}=`)
  for (const [, name, value] of text.matchAll(/(\w*(?:PASSWORD|SECRET|AUTH)\w*): (.*)/g))
    expect(`${name}: ${value}`).toMatch(/: '\$\{\w+:\?[^}]+\}'$/)
})

it('[ND43] images are pinned to a major, ports are this machine’s own but the proxy’s, and what is kept is in a volume', () => {
  for (const { services, volumes } of [full, one])
    for (const [name, service] of Object.entries(services)) {
      if (!service.build) expect(service.image).toMatch(/^[\w/-]+:\d+(-\w+)?$/)
      if (name !== 'proxy') for (const port of service.ports ?? []) expect(port).toMatch(/^127\.0\.0\.1:/)
      expect(service.restart).toBe('unless-stopped')
      expect(service.stop_grace_period).toMatch(/^\d+s$/)
      for (const volume of service.volumes ?? [])
        if (!volume.startsWith('.')) expect(Object.keys(volumes)).toContain(volume.split(':')[0])
      for (const network of service.networks ?? []) expect(Object.keys(full.networks!)).toContain(network)
      for (const { source } of service.configs ?? []) expect(Object.keys(full.configs!)).toContain(source)
      for (const other of Object.keys(service.depends_on ?? {})) expect(Object.keys(services)).toContain(other)
      if (services === full.services) expect(service.deploy?.resources.limits['memory']).toBeDefined()
    }
  expect(full.networks!['inside']).toEqual({ internal: true })
  expect(full.services['postgres']!.networks).toEqual(['inside'])
})

it('[ND43] the image ships what the server reads when it runs, and of the packages only those outside the bundle', () => {
  const docker = textOf('Dockerfile')
  for (const folder of ['map-data', 'ingest-server/scenarios', 'dist', 'ingest-server/doors/vendors/boxes'])
    expect(docker).toContain(`/app/${folder} ./${folder}`)
  expect(docker).toContain('cp dist/server/package.json package.json && npm prune --omit=dev')
  expect(docker).toMatch(/\nUSER node\n/)
})
