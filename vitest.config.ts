// One runner for all tests. Screens' parts run in happy-dom, which each file asks for itself.
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  plugins: [vue()],
  test: {
    include: ['tests/**/*.test.ts', 'ingest-server/**/*.test.ts', 'dashboard/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 120_000,
    // Stories kill, unplug and crowd a shared machine: in CI each has a second try, and whoever needed it is named at the end.
    retry: process.env.CI ? 1 : 0,
    reporters: ['default', './tests/second-tries.ts'],
  },
})
