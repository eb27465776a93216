// The document's twenty lines, run as they stand against a real server by a real shell, npm and curl.
import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { openListener } from '../suites/neighbours.ts'
import { projectRoot, startServer } from '../suites/server-process.ts'

const text = readFileSync(join(projectRoot, 'docs/connect-12345.md'), 'utf8')
const lines = /```sh\n([\s\S]*?)```/.exec(text)![1]!

it('[EX12] connects 12345 in twenty lines: an order is a case, and what follows finds it', async () => {
  expect(lines.trim().split('\n').length).toBeLessThanOrEqual(20)
  const folder = mkdtempSync(join(tmpdir(), 'sanping-12345-'))
  const platform = await openListener()
  const server = await startServer({ folder, entry: 'ingest-server/main.ts' })
  try {
    const env = {
      ...process.env,
      SANPING: server.url,
      PLATFORM: platform.url,
      SANPING_DATA: folder,
      LANG: 'zh_CN.UTF-8',
    }
    // Set off by whoever runs the tests, it would tell npm what to print.
    const { stdout } = await promisify(execFile)('bash', ['-ec', lines], { cwd: projectRoot, env, timeout: 100_000 })
    const answers = [...stdout.matchAll(/\{"results":.*?"ignored":0\}/g)].map(
      ([answer]) => JSON.parse(answer) as object,
    )
    expect(answers).toMatchObject([
      { results: [{ ok: true, caseId: expect.stringMatching(/^\d{8}-001$/), how: 'opened' }] },
      { results: [{ ok: true, caseId: expect.stringMatching(/^\d{8}-001$/) }] },
    ])
    expect(stdout).toMatch(/whsec_/)
  } finally {
    await server.kill('SIGKILL')
    await platform.close()
    rmSync(folder, { recursive: true, force: true })
  }
}, 120_000)
