// `npm run faults`: builds what has changed, then runs the fault harness. Its options are in docs/operating/faults.md.
import { runAlone } from './whole-product.mjs';

await runAlone('faults');
