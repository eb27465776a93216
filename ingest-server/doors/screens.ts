// The pages of the screens: one page a screen, its parts cached for good under the hash in their names.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import express, { Router } from 'express'
import type { Response } from 'express'
import { openPacked } from './screens-packed.ts'

const pages = ['wall', 'desk', 'roll', 'field', 'resident', 'gallery'] as const
/** The pages that a district or a city has another of. */
const ofRoll: Partial<Record<(typeof pages)[number], string>> = { wall: 'roll' }

/** `folder`: where the built screens lie. `isRoll`: of a district or a city, whose wall is that of those below it. */
export function openScreensDoor({ folder, isRoll = false }: { folder: string; isRoll?: boolean }): {
  router: Router
  close: () => void
} {
  const router = Router()
  router.get('/', (_req, res) => res.redirect(302, '/desk'))
  for (const page of pages)
    router.get(`/${page}`, (_req, res) => {
      const file = join(folder, `${(isRoll && ofRoll[page]) || page}.html`)
      if (!existsSync(file)) return sayNotBuilt(res)
      // A page names the newest parts by their hashes: it is asked for anew each time, they never are.
      res.set('Cache-Control', 'no-cache').sendFile(file, { dotfiles: 'allow', cacheControl: false })
    })
  router.use('/assets', openPacked(join(folder, 'assets')))
  router.use('/assets', express.static(join(folder, 'assets'), { immutable: true, maxAge: '1y', index: false }))
  router.use(express.static(folder, { maxAge: '1h', index: false, extensions: false }))
  return { router, close: () => {} }
}

function sayNotBuilt(res: Response): void {
  res
    .status(503)
    .type('text/plain; charset=utf-8')
    .send('画面还没有构建，请先运行 npm run build。\n\nThe screens are not built yet: run npm run build.\n')
}
