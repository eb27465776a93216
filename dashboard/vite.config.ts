// How the screens are built: one entry a screen, so that the phone never loads the wall, and nothing inline for the CSP to forbid.
import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const screens = ['wall', 'desk', 'field', 'resident', 'gallery']

export default defineConfig({
  root: here('.'),
  plugins: [vue()],
  define: { __VUE_OPTIONS_API__: 'false' },
  worker: { format: 'es' },
  build: {
    outDir: here('../dist/screens'),
    emptyOutDir: true,
    // Staff phones carry old webviews; the wall's and the desk's browsers are newer and lose nothing by it.
    target: 'chrome90',
    // The polyfill is an inline script, and script-src is 'self'.
    modulePreload: { polyfill: false },
    // A picture inlined as data: would need its own hole in the CSP.
    assetsInlineLimit: 0,
    rollupOptions: {
      input: {
        ...Object.fromEntries(screens.map((screen) => [screen, here(`./${screen}.html`)])),
        'field-worker': here('./screens/field/worker.ts'),
      },
      output: {
        // A service worker is found again by its name, and governs what lies below its address.
        entryFileNames: ({ name }) => (name === 'field-worker' ? '[name].js' : 'assets/[name]-[hash].js'),
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
