import { createServer } from 'node:net';

const INFO = 'redis_version:8.2.0\r\nloading:0';

/**
 * Stands in for Redis where there is none: the few commands that the limiter and the readiness check send, over the
 * real protocol. The two scripts of @fastify/rate-limit are known by what they do, a counter with an end.
 */
export function startRedis(port = 0) {
  const counters = new Map();
  const sockets = new Set();

  const count = (key, window) => {
    const known = counters.get(key);
    const counter = known && known.until > Date.now() ? known : { count: 0, until: Date.now() + Number(window) };
    counter.count += 1;
    counters.set(key, counter);
    return [counter.count, counter.until - Date.now()];
  };

  const answer = ([name = '', ...rest]) => {
    switch (name.toLowerCase()) {
      case 'ping':
        return '+PONG\r\n';
      case 'info':
        return `$${INFO.length}\r\n${INFO}\r\n`;
      case 'eval':
      case 'evalsha':
        return `*2\r\n${count(rest[2], rest[3]).map(number => `:${number}\r\n`).join('')}`;
      default:
        return '+OK\r\n';
    }
  };

  const server = createServer(socket => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    let text = '';
    socket.setEncoding('utf8').on('data', chunk => {
      text += chunk;
      for (let read = command(text); read; read = command(text)) {
        text = text.slice(read.length);
        socket.write(answer(read.words));
      }
    });
  });

  return new Promise(done => {
    server.listen(port, '127.0.0.1', () => {
      done({
        url: `redis://127.0.0.1:${server.address().port}`,
        stop: () =>
          new Promise(stopped => {
            for (const socket of sockets) socket.destroy();
            server.close(() => stopped());
          }),
      });
    });
  });
}

/** The first whole command of what was received: `*2`, then each word with its length. */
function command(text) {
  const lines = text.split('\r\n');
  const parts = Number(lines[0]?.slice(1));
  if (!lines[0]?.startsWith('*') || lines.length < parts * 2 + 2) return undefined;
  const words = Array.from({ length: parts }, (_, index) => lines[index * 2 + 2]);
  return { words, length: lines.slice(0, parts * 2 + 1).join('\r\n').length + 2 };
}
