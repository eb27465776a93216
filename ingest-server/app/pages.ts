// The end of every road: what no door knows, and what a door could not do.
import type { ErrorRequestHandler, RequestHandler } from 'express'
import { refusals } from '#contract/refusal'
import type { Log } from './log.ts'

export const nothingHere: RequestHandler = (_req, res) => {
  res.status(404).type('text/plain; charset=utf-8').send('这里没有页面。\n\nThere is no page here.\n')
}

/** Ours, not the asker's: said with an id that stands in the log beside the cause. */
export const faultOf =
  (newId: () => string, log: Log): ErrorRequestHandler =>
  (fault, _req, res, next) => {
    // Express names what is wrong with an address or a body by a 4xx of its own.
    const asked = typeof fault?.status === 'number' && fault.status >= 400 && fault.status < 500
    if (asked && !res.headersSent) {
      const { zh } = refusals['wrong-shape']
      return void res.status(fault.status).json({ ok: false, refusal: 'wrong-shape', words: zh })
    }
    const id = newId()
    log.error({ event: 'door-failed', id, err: fault }, 'a door failed')
    if (res.headersSent) return next(fault)
    res.status(500).json({ fault: id, words: `服务器内部出错，编号 ${id}，请稍后再试。` })
  }
