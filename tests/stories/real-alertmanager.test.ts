// Debian's own Alertmanager: an alert posted to it becomes a case here by its webhook, and its end ends the case.
import { spawn, spawnSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { SourceId } from '#contract/ids'
import { freePort } from '../suites/server-process.ts'
import { openRooms } from './story.ts'

const program = 'prometheus-alertmanager'
const isHere = spawnSync(program, ['--version']).status === 0
if (!isHere) console.warn(`没有 ${program}，这个故事跳过。/ There is no ${program}: this story is skipped.`)
const room = openRooms()

const config = (url: string, key: string) => `
route: { receiver: sanping, group_by: [alertname], group_wait: 100ms, group_interval: 1s, repeat_interval: 1h }
receivers:
  - name: sanping
    webhook_configs:
      - url: ${url}/api/in/alertmanager
        send_resolved: true
        http_config: { authorization: { type: Bearer, credentials: ${key} } }
`

it(
  '[IN108] firing at the real Alertmanager is a case of the device, resolved there it is over here',
  { skip: !isHere && !process.env['CI'], timeout: 60_000 },
  async () => {
    const house = await room()
    // Its time is the machine's: ours must not lie behind it.
    const ahead = Date.now() - house.clock.now()
    if (ahead > 0) house.clock.jump(Date.now())
    const source = {
      id: SourceId.parse('prometheus'),
      name: 'Prometheus',
      matters: { GatewayDown: 'gateway-offline' },
      cameras: {},
    }
    const key = await house.records.sources.add(source, house.clock.now())
    const folder = await mkdtemp(join(tmpdir(), 'sanping-alertmanager-'))
    await writeFile(join(folder, 'alertmanager.yml'), config(house.url, key))
    const port = await freePort()
    const child = spawn(program, [
      `--config.file=${join(folder, 'alertmanager.yml')}`,
      `--storage.path=${folder}`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--cluster.listen-address=',
    ])
    try {
      const api = `http://127.0.0.1:${port}`
      await expect
        .poll(
          () =>
            fetch(`${api}/-/ready`).then(
              ({ ok }) => ok,
              () => false,
            ),
          { timeout: 20_000 },
        )
        .toBe(true)
      const startsAt = new Date(Date.now() - 60_000).toISOString()
      const labels = { alertname: 'GatewayDown', instance: 'gw-3:9100', place: 'street' }
      const tell = (more: object) =>
        fetch(`${api}/api/v2/alerts`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify([{ labels, annotations: { summary: '网关不应答' }, startsAt, ...more }]),
        })
      expect((await tell({})).status).toBe(200)
      const cases = () => [...house.desk.board().cases.values()].filter(({ matter }) => matter === 'gateway-offline')
      await expect.poll(() => cases().length, { timeout: 20_000 }).toBe(1)
      expect(cases()[0]).toMatchObject({
        stage: 'reported',
        deviceId: 'gw-3:9100',
        sources: [{ phase: 'new', text: '网关不应答' }],
      })

      expect((await tell({ endsAt: new Date().toISOString() })).status).toBe(200)
      await expect.poll(() => cases()[0]?.stage, { timeout: 20_000 }).toBe('closed')
      expect(cases()).toMatchObject([{ sources: [{ phase: 'end' }] }])
      expect((await house.records.quarantine.list(10, {})).length).toBe(0)
    } finally {
      child.kill()
      await new Promise((over) => child.once('exit', over))
      await rm(folder, { recursive: true })
    }
  },
)
