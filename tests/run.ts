// `npm test`: types, lint, the screens' build, then every test; finds a browser or gets one, and says so.
import { spawnSync } from 'node:child_process'
import { findBrowser } from './e2e/browser.ts'

const steps: { name: string; command: string[] }[] = [
  { name: '类型 types', command: ['npm', 'run', '--silent', 'typecheck'] },
  { name: '规矩 lint', command: ['npm', 'run', '--silent', 'lint'] },
  { name: '地图 map', command: ['npm', 'run', '--silent', 'map:check'] },
  { name: '构建 build', command: ['npm', 'run', '--silent', 'build'] },
]

const run = (command: readonly string[], env: NodeJS.ProcessEnv): number => {
  const [program, ...args] = command
  return spawnSync(program!, args, { stdio: 'inherit', env, shell: process.platform === 'win32' }).status ?? 1
}

const browser = findBrowser({ mayInstall: true, say: (words) => console.log(words) })
if (!browser && process.env.CI) {
  console.error('CI 里不跳过任何测试，但没有可用的浏览器。 / No browser, and in CI nothing is skipped.')
  process.exit(1)
}
if (!browser) console.warn('没有浏览器：浏览器故事这次跳过。 / No browser: the browser stories are skipped this time.')
const env = { ...process.env, ...(browser ? { SANPING_BROWSER: browser } : {}) }

for (const step of steps) {
  console.log(`\n── ${step.name}`)
  const failed = run(step.command, env)
  if (failed) process.exit(failed)
}
console.log('\n── 测试 tests')
process.exit(run(['npx', 'vitest', 'run', ...process.argv.slice(2)], env))
