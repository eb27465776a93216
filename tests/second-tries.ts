// Says at the end which tests passed at the second try only, and how the first ended: a machine that was busy, or a race to be found.
import type { Reporter, TestModule } from 'vitest/node'

export default class SecondTries implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()])
    const second = tests.filter((test) => test.diagnostic()?.flaky)
    if (second.length === 0) return
    console.warn(`\n第二次才通过 / passed at the second try only: ${second.length}`)
    for (const test of second) {
      console.warn(`  ${test.module.relativeModuleId} > ${test.fullName}`)
      for (const { message } of test.result().errors ?? []) console.warn(`    ${message}`)
    }
  }
}
