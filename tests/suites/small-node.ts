// A node of no server: says its name, is ready when told, echoes sockets and bodies. What a balancer and a start are tried on.
import { createServer } from 'node:http'
import { WebSocketServer } from 'ws'

const name = process.argv[2] ?? '?'
let isReady = true
const server = createServer((asking, answer) => {
  if (asking.url === '/readyz') return void answer.writeHead(isReady ? 200 : 503).end()
  if (asking.url === '/rest') isReady = false
  if (asking.url === '/hang') return
  const parts: Buffer[] = []
  asking.on('data', (part: Buffer) => parts.push(part))
  asking.on('end', () =>
    answer.end(JSON.stringify({ name, headers: asking.headers, body: Buffer.concat(parts).toString() })),
  )
})
new WebSocketServer({ server }).on('connection', (socket) => {
  socket.send(name)
  socket.on('message', (said) => socket.send(said.toString()))
})
server.listen(Number(process.env['PORT']), '127.0.0.1')
process.once('SIGTERM', () => process.exit(0))
