import { createClient } from '@connectrpc/connect';
import { createGrpcWebTransport } from '@connectrpc/connect-web';
import { Greeter } from './service.js';

const client = createClient(Greeter, createGrpcWebTransport({ baseUrl: location.origin, useBinaryFormat: true }));
const show = (id, text) => {
  document.getElementById(id).textContent = text;
};

show('one', (await client.greet({ text: 'Ada' })).text);
const words = [];
for await (const { text } of client.count({ text: 'step' })) {
  words.push(text);
  show('many', words.join(', '));
}
try {
  await client.refuse({ text: 'please' });
} catch (error) {
  show('refused', error.message);
}
