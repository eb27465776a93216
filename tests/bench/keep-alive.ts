// Posts over connections that stay open, by hand: a load of thousands a second must cost its own process less than the server.
import { connect, type Socket } from 'node:net'

export interface Answered {
  /** 0 where we hung up before it came. */
  code: number
  text: string
}

export interface Poster {
  post(host: string, key: string, body: string): Promise<Answered>
  /** Asked and not yet answered, those included that wait for a connection. */
  underWay(): number
  close(): void
}

interface Asked {
  request: string
  answer: (answered: Answered) => void
}

/** `most` connections, each with one question under way; what comes beyond waits. */
export function openPoster({ port, most }: { port: number; most: number }): Poster {
  const idle: Line[] = []
  const waiting: Asked[] = []
  const lines = new Set<Line>()
  let first = 0
  let underWay = 0
  let closing = false

  const next = (): Asked | undefined => {
    if (first === waiting.length) return undefined
    const asked = waiting[first]
    waiting[first++] = undefined as never
    if (first > 1000 && first * 2 > waiting.length) {
      waiting.splice(0, first)
      first = 0
    }
    return asked
  }

  function free(line: Line): void {
    underWay--
    const asked = next()
    if (asked) line.ask(asked)
    else idle.push(line)
  }

  function lost(line: Line, unanswered: Asked | null): void {
    lines.delete(line)
    const at = idle.indexOf(line)
    if (at >= 0) idle.splice(at, 1)
    if (closing) return unanswered?.answer({ code: 0, text: '' })
    if (unanswered) setTimeout(() => opened().ask(unanswered), 20)
  }

  function opened(): Line {
    const line = openLine(port, free, lost)
    lines.add(line)
    return line
  }

  return {
    post: (host, key, body) =>
      new Promise((answer) => {
        const request = `POST /api/in/sanping HTTP/1.1\r\nhost: ${host}\r\ncontent-type: application/json\r\nauthorization: Bearer ${key}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
        underWay++
        const line = idle.pop() ?? (lines.size < most ? opened() : undefined)
        if (line) line.ask({ request, answer })
        else waiting.push({ request, answer })
      }),
    underWay: () => underWay,
    close() {
      closing = true
      lines.forEach((line) => line.end())
    },
  }
}

interface Line {
  ask(asked: Asked): void
  end(): void
}

/** Enough of HTTP for our own server: a status, a length, a body, and the next. */
function openLine(port: number, free: (line: Line) => void, lost: (line: Line, asked: Asked | null) => void): Line {
  const socket: Socket = connect({ port, host: '127.0.0.1', noDelay: true })
  let asked: Asked | null = null
  let came = ''
  const line: Line = {
    ask(next) {
      asked = next
      socket.write(next.request)
    },
    end: () => socket.destroy(),
  }
  socket.setEncoding('latin1')
  socket.on('data', (part: string) => {
    came += part
    const head = came.indexOf('\r\n\r\n')
    if (head < 0 || !asked) return
    const length = Number(/\r\ncontent-length: (\d+)/i.exec(came.slice(0, head))?.[1] ?? 0)
    if (came.length < head + 4 + length) return
    const { answer } = asked
    const answered = { code: Number(came.slice(9, 12)), text: came.slice(head + 4, head + 4 + length) }
    asked = null
    came = ''
    free(line)
    answer(answered)
  })
  socket.on('error', () => undefined)
  // The server may have hung up an idle one at the very moment: whoever asked asks again, under the same event's name.
  socket.on('close', () => lost(line, asked))
  return line
}
