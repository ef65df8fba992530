// A process of its own for last-look.test.ts: it takes a lease of a second, is stopped past its end, and is told to send.
import { addressRules, EgressClient } from '../../../dist/platform/egress/index.js';
import { Lease } from '../../../dist/pipeline/lanes/lease.js';

const url = process.argv[2];
const egress = new EgressClient(addressRules(['127.0.0.0/8']));
const leaseOf = (ms) => new Lease(ms, performance.now(), () => performance.now());
const lease = leaseOf(1_000);
const send = ({ isOver }) =>
  egress
    .bind({ isOver })
    .request({ method: 'POST', url, body: { a: 1 } })
    .then(
      ({ status }) => ({ status }),
      ({ sent, code }) => ({ sent, code }),
    );

process.send('leased');
await new Promise((done) => process.once('message', done));
process.send(await send(lease));
process.send(await send(leaseOf(60_000)));
process.on('disconnect', () => void egress.close());
