// Makes Node's fetch, http and https go through the sandbox's proxy, as other clients do by the environment. Everything
// goes through a tunnel: the proxy judges what is in it.
'use strict';
const net = require('node:net');
const tls = require('node:tls');

const proxy = process.env.HTTPS_PROXY && new URL(process.env.HTTPS_PROXY);

function tunnel(host, port, secure, done) {
  const socket = net.connect({ host: proxy.hostname, port: Number(proxy.port) });
  let head = '';
  const fail = (error) => {
    socket.destroy();
    done(error);
  };
  const read = (piece) => {
    head += piece.toString('latin1');
    if (!head.includes('\r\n\r\n')) {
      return;
    }
    socket.off('data', read);
    socket.off('error', fail);
    const line = head.slice(0, head.indexOf('\r\n'));
    if (!/^HTTP\/1\.1 200 /.test(line)) {
      fail(new Error(line));
    } else if (secure) {
      const server = net.isIP(host) ? undefined : host;
      const safe = tls.connect({ socket, servername: server, ALPNProtocols: ['http/1.1'] }, () => {
        safe.off('error', done);
        done(null, safe);
      });
      safe.once('error', done);
    } else {
      done(null, socket);
    }
  };
  socket.once('error', fail);
  socket.on('data', read);
  const name = net.isIPv6(host) ? `[${host}]` : host;
  socket.write(`CONNECT ${name}:${port} HTTP/1.1\r\nHost: ${name}:${port}\r\n\r\n`);
}

if (proxy) {
  const original = globalThis.fetch;
  let dispatcher;
  if (original) {
    globalThis.fetch = async function fetch(input, init) {
      if (!dispatcher) {
        // Loads the client that is built in; its agent is to be had from nowhere else.
        await original('data:,');
        const Agent = globalThis[Symbol.for('undici.globalDispatcher.1')].constructor;
        dispatcher = new Agent({
          connect: ({ hostname, port, protocol }, done) => {
            const secure = protocol === 'https:';
            tunnel(hostname.replace(/^\[|\]$/g, ''), port || (secure ? 443 : 80), secure, done);
          },
        });
      }
      return original(input, { dispatcher, ...init });
    };
  }
  for (const [name, secure] of [['http', false], ['https', true]]) {
    const { Agent } = require(`node:${name}`);
    Agent.prototype.createConnection = function createConnection(options, done) {
      tunnel(options.host, options.port || (secure ? 443 : 80), secure, done);
    };
  }
}
