// The barest HTTP server: reads the body, answers as long an answer as ours. Keeps nothing.
import { createServer } from 'node:http'

const answer = JSON.stringify({
  results: [
    {
      ok: true,
      commandId: 'x'.repeat(64),
      revision: 123456,
      caseId: '20261121-0001',
      how: 'joined',
      why: '同类近处，12 m，30 秒内',
    },
  ],
  ignored: 0,
})

createServer((req, res) => {
  const parts: Buffer[] = []
  req.on('data', (part: Buffer) => parts.push(part))
  req.on('end', () => {
    Buffer.concat(parts)
    res.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(answer) })
    res.end(answer)
  })
}).listen(Number(process.argv[2]), '127.0.0.1', () => console.log('ready'))
