// How the screens are built: one entry a screen and the phone in a build of its own, so that it loads nothing that is only the wall's.
import { fileURLToPath } from 'node:url'
import { writeFileSync } from 'node:fs'
import vue from '@vitejs/plugin-vue'
import { defineConfig, type Plugin } from 'vite'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const pages = (...screens: string[]) =>
  Object.fromEntries(screens.map((screen) => [screen, here(`./${screen}.html`)] as const))

/** A piece that two screens share keeps what either needs: built together, the phone would carry the wall's share of Vue. */
const phone = { ...pages('field'), 'field-worker': here('./screens/field/worker.ts') }

/** Whose code is in them, for the bill of materials. This file is read anew for each environment and for the workers: one set for all. */
const carried = ((globalThis as { carriedByScreens?: Set<string> }).carriedByScreens ??= new Set())
const whatIsCarried = (): Plugin => ({
  name: 'what-is-carried',
  renderChunk(_, { moduleIds }) {
    for (const file of moduleIds) {
      const at = /node_modules\/(?:.*node_modules\/)?(?:@[^/]+\/)?[^/]+(?=\/)/.exec(file)
      if (at) carried.add(at[0])
    }
    return null
  },
})

/** The line goes by websocket alone: what else engine.io could speak stays out of every screen, the phone's above all. */
const websocketAlone: Plugin = {
  name: 'websocket-alone',
  load: {
    filter: { id: /engine\.io-client\/build\/esm\/transports\/index\.js$/ },
    handler: () => `import { WS } from './websocket.js'\nexport const transports = { websocket: WS }\n`,
  },
}

export default defineConfig({
  root: here('.'),
  plugins: [vue(), websocketAlone, whatIsCarried()],
  define: { __VUE_OPTIONS_API__: 'false' },
  worker: { format: 'es', plugins: () => [whatIsCarried()] },
  build: {
    outDir: here('../dist/screens'),
    // Staff phones carry old webviews; the wall's and the desk's browsers are newer and lose nothing by it.
    target: 'chrome90',
    // The polyfill is an inline script, and script-src is 'self'.
    modulePreload: { polyfill: false },
    // A picture inlined as data: would need its own hole in the CSP.
    assetsInlineLimit: 0,
  },
  builder: {
    async buildApp(builder) {
      for (const environment of Object.values(builder.environments)) {
        if (environment.name !== 'ssr') await builder.build(environment)
      }
      writeFileSync(here('../dist/packages-screens.json'), `${JSON.stringify([...carried].sort(), null, 2)}\n`)
    },
  },
  environments: {
    client: {
      build: { emptyOutDir: true, rolldownOptions: { input: pages('wall', 'desk', 'roll', 'resident', 'gallery') } },
    },
    phone: {
      consumer: 'client',
      build: {
        emptyOutDir: false,
        copyPublicDir: false,
        rolldownOptions: {
          input: phone,
          output: {
            // A service worker is found again by its name, and governs what lies below its address.
            entryFileNames: ({ name }) => (name === 'field-worker' ? '[name].js' : 'assets/[name]-[hash].js'),
          },
        },
      },
    },
  },
  server: {
    fs: { allow: [here('..')] },
    proxy: {
      '/api': 'http://127.0.0.1:8787',
      '/line': { target: 'ws://127.0.0.1:8787', ws: true },
    },
  },
})
