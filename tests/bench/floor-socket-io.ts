// A bare socket.io server, websocket only, that keeps no record of anybody.
import { createServer } from 'node:http'
import { Server } from 'socket.io'

const server = createServer()
new Server(server, { transports: ['websocket'], perMessageDeflate: false })
server.listen(Number(process.argv[2]), '127.0.0.1', () => console.log('ready'))
