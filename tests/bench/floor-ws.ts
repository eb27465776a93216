// The barest line: what is posted goes to every open WebSocket as it is.
import { createServer } from 'node:http'
import { WebSocketServer } from 'ws'

const lines = new WebSocketServer({ noServer: true, perMessageDeflate: false })
const server = createServer((req, res) => {
  const parts: Buffer[] = []
  req.on('data', (part: Buffer) => parts.push(part))
  req.on('end', () => {
    const text = Buffer.concat(parts).toString()
    for (const one of lines.clients) one.send(text)
    res.end('{}')
  })
})
server.on('upgrade', (req, socket, head) => lines.handleUpgrade(req, socket, head, () => {}))
server.listen(Number(process.argv[2]), '127.0.0.1', () => console.log('ready'))
