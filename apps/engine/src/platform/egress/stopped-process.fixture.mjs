// A process of its own for last-look.test.ts: it takes a lease of a second, is stopped past its end, and is told to send.
import { addressRules, EgressClient } from '../../../dist/platform/egress/index.js';
import { Lease } from '../../../dist/pipeline/lanes/lease.js';

const url = process.argv[2];
const egress = new EgressClient(addressRules(['127.0.0.0/8']));
const lease = new Lease(1_000, performance.now(), () => performance.now());
const send = () =>
  egress
    .bind({ isOver: lease.isOver })
    .request({ method: 'POST', url, body: { a: 1 } })
    .then(
      ({ status }) => ({ status }),
      ({ sent, code }) => ({ sent, code }),
    );

process.send('leased');
await new Promise((done) => process.once('message', done));
process.send(await send());
lease.renewed(performance.now());
process.send(await send());
process.on('disconnect', () => void egress.close());
