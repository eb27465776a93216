// Finds a Chromium on this machine, or gets one: Debian by apt, elsewhere Playwright's own.
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { chromium } from 'playwright-core'

const usual = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

const playwrightsOwn = (): string | null => {
  const path = chromium.executablePath()
  return path && existsSync(path) ? path : null
}

const isDebian = (): boolean =>
  existsSync('/etc/os-release') &&
  /debian|ubuntu/i.test(readFileSync('/etc/os-release', 'utf8')) &&
  process.getuid?.() === 0

const fontsForChinese = (): boolean => {
  try {
    return execFileSync('fc-list', [':lang=zh'], { encoding: 'utf8' }).trim().length > 0
  } catch {
    return false
  }
}

/** A browser's path, or null. `mayInstall` allows it to fetch one where none is found. */
export function findBrowser(with_: { mayInstall: boolean; say: (words: string) => void }): string | null {
  const here = () => process.env.SANPING_BROWSER ?? usual.find((path) => existsSync(path)) ?? playwrightsOwn()
  const found = here()
  if (found) {
    if (!fontsForChinese()) with_.say('没有中文字体，图片上的汉字会是方框；Debian：apt-get install fonts-noto-cjk')
    with_.say(`浏览器 browser: ${found}`)
    return found
  }
  if (!with_.mayInstall) return null
  with_.say('没有浏览器，正在装一个…… / No browser here, getting one …')
  if (isDebian()) {
    spawnSync(
      'sh',
      ['-c', 'apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium fonts-noto-cjk'],
      { stdio: 'inherit' },
    )
  } else {
    spawnSync('npx', ['playwright-core', 'install', 'chromium'], { stdio: 'inherit' })
  }
  return here()
}

/** Flags for a machine with no screen and no graphics card. */
export const browserFlags = [
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--ignore-gpu-blocklist',
  '--no-sandbox',
  '--disable-background-networking',
]
