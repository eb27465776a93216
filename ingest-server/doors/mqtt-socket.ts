// A connection as the broker reads it: the socket behind, and before it the measure of every packet.
import type { Socket } from 'node:net'
import { Duplex } from 'node:stream'
import type { Frames } from './mqtt-frames.ts'

/** Why a connection was ended by us, for the log. */
export class NotTaken extends Error {
  override name = 'NotTaken'
}

/** Reads no faster than the broker does: what is not read stays with the sender. */
export class MeasuredSocket extends Duplex {
  readonly #socket: Socket

  constructor(socket: Socket, frames: Frames) {
    super({ allowHalfOpen: false })
    this.#socket = socket
    socket.on('data', (chunk: Buffer) => {
      const passed = frames.pass(chunk)
      if (typeof passed === 'string') return void this.destroy(new NotTaken(passed))
      // Every part must go in, full or not; then the socket waits.
      const open = passed.map((part) => this.push(part))
      if (open.includes(false)) socket.pause()
    })
    socket.on('end', () => void this.push(null))
    socket.on('error', (fault) => void this.destroy(fault))
    socket.on('close', () => void this.destroy())
  }

  /** The address it comes from. */
  get from(): string | undefined {
    return this.#socket.remoteAddress
  }

  override _read(): void {
    this.#socket.resume()
  }

  override _write(chunk: Buffer, _encoding: string, done: (fault?: Error | null) => void): void {
    this.#socket.write(chunk, done)
  }

  /** Of one packet and of many: what was corked goes out as one. */
  override _writev(chunks: { chunk: Buffer }[], done: (fault?: Error | null) => void): void {
    this.#socket.write(Buffer.concat(chunks.map(({ chunk }) => chunk)), done)
  }

  override _final(done: () => void): void {
    this.#socket.end(done)
  }

  override _destroy(fault: Error | null, done: (fault: Error | null) => void): void {
    this.#socket.destroy()
    done(fault)
  }
}
