// A server made to listen, and what is said where its port cannot be had.
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { ConfigFault } from './config.ts'
import type { Config } from './config.ts'

/** Gives back the port. Rejects with a `ConfigFault` where another program has it. */
export const listenOn = (server: Server, { port, host }: Pick<Config, 'port' | 'host'>): Promise<number> =>
  new Promise((listening, failed) => {
    const refuse = (fault: NodeJS.ErrnoException) => failed(fault.code === 'EADDRINUSE' ? taken(port, fault) : fault)
    server.once('error', refuse)
    server.listen(port, host, () => {
      server.off('error', refuse)
      listening((server.address() as AddressInfo).port)
    })
  })

const taken = (port: number, cause: Error): ConfigFault =>
  new ConfigFault(
    `PORT ${port} 已被别的程序占用，请停掉它，或换一个端口。\nPORT ${port} is taken by another program: stop that, or set another.`,
    { cause },
  )
